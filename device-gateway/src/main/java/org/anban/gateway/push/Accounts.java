package org.anban.gateway.push;

import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.anban.contracts.device.DeviceDirectory;
import org.anban.contracts.device.DeviceId;
import org.anban.contracts.device.DeviceProfile;
import org.anban.contracts.device.SenderKind;
import org.anban.contracts.error.CareException;
import org.anban.gateway.dialect.Dialect;
import org.anban.gateway.vocabulary.Vocabulary;
import org.anban.gateway.vocabulary.Word;
import org.anban.kit.database.Database;
import org.anban.kit.loop.Loop;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The accounts as they were a moment ago, with their devices: read every two seconds and after every change here, so that a
 * push waits for no database, and an alarm is heard even while none answers. Changes block.
 */
final class Accounts implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Accounts.class);
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int SECRET_LENGTH = 32;
    private static final Duration READ_EVERY = Duration.ofSeconds(2);

    /** An account that may push now, with its secrets open. */
    record Open(Account account, String secret, @Nullable String before, Map<String, DeviceProfile> devices) {
        /** Every secret that holds at an instant. */
        List<String> secrets(Instant now) {
            Instant until = account.secrets().beforeUntil();
            return before != null && until != null && now.isBefore(until) ? List.of(secret, before) : List.of(secret);
        }

        Vocabulary vocabulary() {
            return new Vocabulary(account.words());
        }
    }

    private final AccountStore store;
    private final SecretBox box;
    private final DeviceDirectory directory;
    private final InstantSource time;
    private final SecureRandom random = new SecureRandom();
    private final Loop loop;
    private final Map<String, byte[]> used = new ConcurrentHashMap<>();
    private volatile @Nullable Map<String, Open> open;

    Accounts(Database database, SecretBox box, DeviceDirectory directory, InstantSource time, MeterRegistry metrics) {
        this.store = new AccountStore(database);
        this.box = box;
        this.directory = directory;
        this.time = time;
        this.loop = Loop.start("gateway push accounts", metrics, this::read);
    }

    /**
     * The account of that name, if it may push.
     *
     * @throws CareException UNAVAILABLE until they were read once
     */
    Optional<Open> find(String name) {
        Map<String, Open> known = open;
        if (known == null) {
            throw CareException.unavailable("the accounts were not read yet", null);
        }
        return Optional.ofNullable(known.get(name));
    }

    /** A sender proved itself with this secret. Does not block: that is written soon. */
    void proved(Open account, String secret) {
        Account.Secrets secrets = account.account().secrets();
        if (!secrets.used() && secret.equals(account.secret())) {
            if (used.put(account.account().name(), secrets.present()) == null) {
                loop.wake();
            }
        }
    }

    /** All, also those that may not push. Blocks. */
    List<Account> all() {
        return store.all();
    }

    /** Makes one and returns its secret, which cannot be read again. Blocks. */
    String create(String name, String dialect, String by) {
        if (Dialect.ofName(dialect).isEmpty() || !DeviceId.isOne(name)) {
            throw CareException.invalid(
                    "account: a name of 1 to 64 characters of A-Z a-z 0-9 . _ - and a dialect we know");
        }
        if (!isVendorAccount(directory.find(new DeviceId(name)).orElse(null))) {
            throw CareException.invalid("account: the register has no vendor account " + name);
        }
        String secret = fresh();
        store.insert(name, dialect, box.seal(name, secret), time.instant(), by);
        changed();
        return secret;
    }

    /** Makes a new secret; the present one holds for a while longer. Blocks. */
    String rotate(String name, Duration keepPresent, String by) {
        String secret = fresh();
        Instant now = time.instant();
        writeUsed();
        store.rotate(name, box.seal(name, secret), now.plus(keepPresent), now, by);
        changed();
        return secret;
    }

    void setActive(String name, boolean active, String by) {
        store.setState(name, active, time.instant(), by);
        changed();
    }

    void setWords(String name, List<Word> words, String by) {
        store.setWords(name, words, time.instant(), by);
        changed();
    }

    /** What was changed is changed, even if it cannot be read at once. */
    private void changed() {
        try {
            refresh();
        } catch (RuntimeException e) {
            log.warn("push accounts could not be read after a change: {}", e.toString());
            loop.wake();
        }
    }

    private String fresh() {
        StringBuilder secret = new StringBuilder();
        for (int i = 0; i < SECRET_LENGTH; i++) {
            secret.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return secret.toString();
    }

    private Duration read() {
        writeUsed();
        refresh();
        return READ_EVERY;
    }

    private void writeUsed() {
        used.forEach((account, secret) -> {
            store.used(account, secret, time.instant());
            used.remove(account, secret);
        });
    }

    private synchronized void refresh() {
        List<Account> active = store.all().stream().filter(Account::active).toList();
        List<DeviceId> speakers =
                active.stream().map(account -> new DeviceId(account.name())).toList();
        Map<DeviceId, Map<String, DeviceProfile>> devices =
                speakers.isEmpty() ? Map.of() : directory.children(speakers);
        Map<DeviceId, DeviceProfile> profiles = speakers.isEmpty() ? Map.of() : directory.findAll(speakers);
        Map<String, Open> fresh = new HashMap<>();
        for (Account account : active) {
            DeviceId speaker = new DeviceId(account.name());
            if (isVendorAccount(profiles.get(speaker))) {
                opened(account, devices.getOrDefault(speaker, Map.of()))
                        .ifPresent(one -> fresh.put(account.name(), one));
            }
        }
        open = Map.copyOf(fresh);
    }

    /** Whom the register blocked or retired pushes nothing either. */
    private static boolean isVendorAccount(@Nullable DeviceProfile profile) {
        return profile != null
                && profile.line().sender() == SenderKind.ACCOUNT
                && profile.standing().mayConnect();
    }

    /** One whose secret does not fit our key keeps nobody else out. */
    private Optional<Open> opened(Account account, Map<String, DeviceProfile> devices) {
        Account.Secrets secrets = account.secrets();
        byte[] before = secrets.before();
        try {
            return Optional.of(new Open(
                    account,
                    box.open(account.name(), secrets.present()),
                    before == null ? null : box.open(account.name(), before),
                    Map.copyOf(devices)));
        } catch (CareException e) {
            log.error("push account {}: {}", account.name(), e.getMessage());
            return Optional.empty();
        }
    }

    Optional<String> problem(Duration limit) {
        return loop.problem(limit);
    }

    @Override
    public void close() {
        loop.close();
    }
}
