package org.anban.gateway.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class QuotaTest {
    @Test
    void aBurstIsAllowedAndThenTheRate() {
        Quota quota = new Quota(new Quota.Limit(10, 100), 0);
        assertThat(taken(quota, 0, 1_000)).isEqualTo(100);
        assertThat(taken(quota, TimeUnit.SECONDS.toNanos(1), 1_000)).isEqualTo(10);
        assertThat(taken(quota, TimeUnit.HOURS.toNanos(1), 1_000)).isEqualTo(100);
    }

    @Test
    void whoStaysBelowTheRateIsNeverLimited() {
        Quota quota = new Quota(new Quota.Limit(10, 1), 0);
        for (int i = 1; i <= 1_000; i++) {
            assertThat(quota.take(TimeUnit.MILLISECONDS.toNanos(101L * i))).isTrue();
        }
    }

    @Test
    void aDebtIsPaidBeforeMoreIsAllowed() {
        Quota quota = new Quota(new Quota.Limit(10, 100), 0);
        quota.charge(120);
        assertThat(taken(quota, TimeUnit.SECONDS.toNanos(2), 10)).isZero();
        assertThat(taken(quota, TimeUnit.SECONDS.toNanos(3), 100)).isEqualTo(10);
    }

    private static int taken(Quota quota, long nanos, int tries) {
        int taken = 0;
        for (int i = 0; i < tries; i++) {
            taken += quota.take(nanos) ? 1 : 0;
        }
        return taken;
    }
}
