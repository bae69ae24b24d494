package org.anban.simulator.publicapi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class EmergencyNumbersTest {
    @Test
    void emergencyNumbersAreKnownHoweverTheyAreWritten() {
        for (String number :
                new String[] {"120", "1-1-0", " 119 ", "+86 120", "0086120", "010-120", "0531 120", "9,120"}) {
            assertThat(EmergencyNumbers.contains(number)).as(number).isTrue();
        }
    }

    @Test
    void aResidentsTelephoneIsNone() {
        for (String number : new String[] {"13900001001", "010-62001120", "13800120110", "no number", ""}) {
            assertThat(EmergencyNumbers.contains(number)).as(number).isFalse();
        }
    }
}
