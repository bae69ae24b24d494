package org.anban.alert.incident;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class IncidentStateTest {
    @Test
    void theseAreAllTheMovesThereAre() {
        List<String> moves = new ArrayList<>();
        for (IncidentState from : IncidentState.values()) {
            for (IncidentState to : IncidentState.values()) {
                if (from.mayMoveTo(to)) {
                    moves.add(from + " " + to);
                }
            }
        }
        assertThat(moves)
                .containsExactlyInAnyOrder(
                        "CANDIDATE OPEN",
                        "CANDIDATE TAKEN",
                        "CANDIDATE CANCELLED",
                        "OPEN TAKEN",
                        "OPEN CANCELLED",
                        "TAKEN TAKEN",
                        "TAKEN OPEN",
                        "TAKEN CLOSED");
    }
}
