package org.anban.alert.notice;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmergencyNumbersTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "110",
                "112",
                "119",
                "120",
                "122",
                "911",
                "999",
                "995",
                "12110",
                "12119",
                "12120",
                "+86 120",
                "+86-120",
                "0086120",
                "1 2 0",
                "1-1-0",
                "(120)",
                "010-120",
                "+86 10 120",
                "0120",
                "9120",
                "１２０",
                "120#",
                "120,,1",
                "120;ext=2",
                "tel:120",
                "86 0312 119",
                "00 112"
            })
    void aNumberThatAPersonMustDialIsRefusedHoweverItIsWritten(String number) {
        assertThat(EmergencyNumbers.contains(number)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "13900000120",
                "010-69840120",
                "+86 139 0000 0110",
                "",
                "12345",
                "96156",
                "400-810-0119",
                "69840122"
            })
    void anOrdinaryNumberIsNot(String number) {
        assertThat(EmergencyNumbers.contains(number)).isFalse();
    }
}
