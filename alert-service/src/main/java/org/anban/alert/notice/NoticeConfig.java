package org.anban.alert.notice;

import java.net.URI;
import java.time.Duration;
import org.anban.contracts.error.CareException;
import org.jspecify.annotations.Nullable;

/**
 * How notices are sent.
 *
 * @param webhook null if there is no provider
 * @param lease how long a sender may take before its notice counts as unknown; longer than any channel's patience
 * @param backOff after the first failed attempt; doubled after each further one, to at most {@code longestBackOff}
 * @param attempts at most
 */
public record NoticeConfig(
        @Nullable Webhook webhook, Duration lease, Duration backOff, Duration longestBackOff, int attempts) {
    public static final NoticeConfig DEFAULT =
            new NoticeConfig(null, Duration.ofSeconds(30), Duration.ofSeconds(2), Duration.ofMinutes(5), 8);

    public NoticeConfig {
        if (webhook != null && webhook.patience().compareTo(lease) >= 0) {
            throw CareException.invalid("notices: the lease must be longer than the webhook's patience");
        }
    }

    public NoticeConfig withWebhook(Webhook webhook) {
        return new NoticeConfig(webhook, lease, backOff, longestBackOff, attempts);
    }

    /**
     * A provider of calls and messages.
     *
     * @param secret shared with the provider, at least 16 characters
     * @param patience how long one attempt may take
     */
    public record Webhook(URI url, String secret, Duration patience) {
        public Webhook {
            if (secret.length() < 16) {
                throw CareException.invalid("webhook secret: at least 16 characters");
            }
            if (!"http".equals(url.getScheme()) && !"https".equals(url.getScheme())) {
                throw CareException.invalid("webhook url: http or https");
            }
        }

        @Override
        public String toString() {
            return "Webhook[" + url + "]";
        }
    }
}
