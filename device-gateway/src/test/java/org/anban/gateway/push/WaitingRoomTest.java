package org.anban.gateway.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class WaitingRoomTest {
    private final WaitingRoom room = new WaitingRoom(100);

    @Test
    void theLastQuarterIsForEvents() {
        assertThat(room.hold(75, false, CompletableFuture::new)).isPresent();
        assertThat(room.hold(1, false, CompletableFuture::new)).isEmpty();
        assertThat(room.hold(25, true, CompletableFuture::new)).isPresent();
        assertThat(room.hold(1, true, CompletableFuture::new)).isEmpty();
    }

    @Test
    void whatIsThereGivesItsRoomBackAndSoDoesWhatFails() {
        CompletableFuture<String> result = new CompletableFuture<>();
        assertThat(room.hold(100, true, () -> result)).isPresent();
        assertThat(room.hold(100, true, CompletableFuture::new)).isEmpty();
        result.complete("there");
        assertThatThrownBy(() -> room.hold(100, true, () -> {
                    throw new IllegalStateException("not handed over");
                }))
                .hasMessage("not handed over");
        assertThat(room.hold(100, true, CompletableFuture::new)).isPresent();
    }
}
