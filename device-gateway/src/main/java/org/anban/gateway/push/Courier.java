package org.anban.gateway.push;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.anban.contracts.device.DeviceProfile;
import org.anban.gateway.inlet.Answer;
import org.anban.gateway.inlet.Inlet;
import org.anban.gateway.payload.Address;
import org.anban.gateway.vocabulary.OurMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings messages to the inlet, and again while it has no room for them, as long as the platform waits. An alarm that finds
 * no room for a while is shown as not stored. Nothing here blocks.
 */
final class Courier {
    private static final Logger log = LoggerFactory.getLogger(Courier.class);
    private static final Executor SOON = CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS);
    private static final long TELLS_AFTER_NANOS = TimeUnit.SECONDS.toNanos(2);

    /**
     * One message.
     *
     * @param sender the account
     * @param number how the platform calls the device
     * @param device the device of that number, if it is on the account's list
     */
    record Parcel(String sender, String number, @Nullable DeviceProfile device, OurMessage message) {}

    private final Inlet inlet;
    private final RefusedAlarms refused;

    Courier(Inlet inlet, RefusedAlarms refused) {
        this.inlet = inlet;
        this.refused = refused;
    }

    void bring(Parcel parcel, Delivery delivery) {
        delivery.expect();
        new Way(parcel, delivery).run();
    }

    /** It is not brought at all. */
    void refuse(Parcel parcel) {
        refused.tell(parcel.device(), parcel.message());
    }

    /** One message until the inlet has taken it, or it is too late. One thread at a time. */
    private final class Way implements Runnable {
        private final Parcel parcel;
        private final Delivery delivery;
        private final Address address;
        private final byte[] payload;
        private final long startedNanos = System.nanoTime();
        private volatile boolean told;

        Way(Parcel parcel, Delivery delivery) {
            this.parcel = parcel;
            this.delivery = delivery;
            this.address = new Address(parcel.message().channel(), parcel.number());
            this.payload = parcel.message().payload().getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public void run() {
            try {
                inlet.take(parcel.sender(), address, payload, this::answered);
            } catch (RuntimeException e) { // whoever waits must be answered all the same
                log.error("a pushed message could not be brought", e);
                delivery.failed();
            }
        }

        private void answered(Answer answer) {
            if (answer.kind() != Answer.Kind.BUSY) {
                delivery.answered(answer);
                return;
            }
            boolean late = delivery.isTooLate();
            if (!told && (late || System.nanoTime() - startedNanos > TELLS_AFTER_NANOS)) {
                told = true;
                refuse(parcel);
            }
            if (late) {
                delivery.answered(answer);
            } else {
                SOON.execute(this);
            }
        }
    }
}
