package org.anban.alert.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.anban.contracts.event.DeviceReport;
import org.anban.contracts.event.EventTime;
import org.anban.contracts.event.ReportKind;
import org.anban.contracts.incident.IncidentKind;
import org.junit.jupiter.api.Test;

class SubjectMemoryTest {
    private static final SeenEvents.Spans SPANS = new SeenEvents.Spans(Duration.ofMinutes(10), Duration.ofSeconds(30));
    private static final Instant NOW = Instant.parse("2026-01-05T00:00:00Z");

    private static SubjectMemory full() {
        SubjectMemory memory = new SubjectMemory();
        memory.alarms().add("w-1", "sos", NOW.toEpochMilli());
        memory.seen().repeated("w-1", sos("e-1", NOW), SPANS);
        memory.falls()
                .fell(
                        new Fall("w-1", "f-1", NOW, NOW, true, NOW.plusSeconds(60), false, false),
                        Duration.ofSeconds(60));
        memory.falls().cancelled(new Cancel("w-2", "c-1", NOW, NOW, false), Duration.ofSeconds(60));
        DeviceTrack track = memory.device("w-1");
        track.heard(NOW.toEpochMilli(), 60_000);
        track.signalled(DeviceTrack.Silence.SILENT);
        track.flaps().add(NOW.toEpochMilli(), 4, 1000);
        track.standAlone();
        track.signalled(DeviceTrack.Silence.SILENT);
        track.condition().battery(4);
        track.condition().worn(true, NOW.toEpochMilli());
        for (int i = 0; i < 4; i++) {
            track.condition().measured(0, NOW.toEpochMilli() + i, 60_000);
        }
        track.condition().signalled(0);
        VitalTrack vital = track.vital(IncidentKind.SPO2_LOW, 3);
        for (int i = 0; i < 5; i++) {
            vital.add(NOW.toEpochMilli() + i, 90 + i);
        }
        vital.reached(2);
        memory.device("w-2").heard(7, 0);
        return memory;
    }

    @Test
    void whatIsReadIsWhatWasWritten() throws Exception {
        byte[] bytes = full().encode();

        SubjectMemory read = SubjectMemory.decode(SubjectMemory.VERSION, bytes);

        assertThat(read.encode()).isEqualTo(bytes);
        assertThat(read.device("w-1").vital(IncidentKind.SPO2_LOW, 3).value(2)).isEqualTo(94);
        assertThat(read.device("w-1").silence()).isEqualTo(DeviceTrack.Silence.SILENT);
        assertThat(read.device("w-1").released()).isEqualTo(1);
        assertThat(read.device("w-1").standsAlone()).isTrue();
        assertThat(read.device("w-2").standsAlone()).isFalse();
        assertThat(read.device("w-1").condition().batteryFlat()).isTrue();
        assertThat(read.device("w-1").condition().silent(0)).isTrue();
        assertThat(read.seen().repeated("w-1", sos("e-1", NOW), SPANS)).isTrue();
    }

    @Test
    void whenDevicesWereHeardIsReadWhateverTheVersionIs() throws Exception {
        List<Heard> read = Heard.decode(Heard.encode(full()));

        SubjectMemory rebuilt = new SubjectMemory();
        read.forEach(each -> rebuilt.device(each.device()).restore(each));
        assertThat(rebuilt.devices()).extracting(DeviceTrack::summary).isEqualTo(read);
        assertThat(read)
                .containsExactly(
                        new Heard(
                                "w-1",
                                NOW.toEpochMilli(),
                                NOW.toEpochMilli(),
                                60_000,
                                DeviceTrack.Silence.SILENT,
                                1,
                                true),
                        new Heard("w-2", 7, 7, 0, DeviceTrack.Silence.NONE, 0, false));
        assertThatThrownBy(() -> Heard.decode("[{}]")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Heard.decode("nothing")).isInstanceOf(IOException.class);
    }

    @Test
    void anotherVersionIsNotRead() {
        assertThatThrownBy(() -> SubjectMemory.decode(SubjectMemory.VERSION + 1, full().encode()))
                .isInstanceOf(IOException.class);
    }

    @Test
    void damagedBytesAreNotRead() {
        byte[] bytes = full().encode();
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> SubjectMemory.decode(SubjectMemory.VERSION, cut))
                    .isInstanceOf(IOException.class);
        }
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
        assertThatThrownBy(() -> SubjectMemory.decode(SubjectMemory.VERSION, longer))
                .isInstanceOf(IOException.class);
    }

    @Test
    void whatOneDeviceMakesUsRememberIsBounded() {
        SubjectMemory memory = new SubjectMemory();
        for (int i = 0; i < 10_000; i++) {
            memory.alarms().add("w-" + i, "sos", i * 1000L);
            memory.falls()
                    .fell(
                            new Fall("w-1", "f-" + i, NOW, NOW, true, NOW.plusSeconds(60), false, false),
                            Duration.ofSeconds(60));
            memory.falls().cancelled(new Cancel("w-2", "c-" + i, NOW, NOW, false), Duration.ofSeconds(60));
        }
        assertThat(memory.encode().length).isLessThan(10_000);
    }

    @Test
    void anAlarmIsRememberedForItsTimeAndNoLongerHoweverManyComeAfterIt() {
        SubjectMemory memory = new SubjectMemory();
        for (int second = 0; second < 20_000; second++) {
            memory.seen().repeated("w-1", sos("e-" + second, NOW.plusSeconds(second)), SPANS);
        }
        Instant last = NOW.plusSeconds(19_999);

        assertThat(memory.encode().length).isLessThan(11_000);
        assertThat(memory.seen().repeated("w-1", sos("e-19400", last), SPANS)).isTrue();
        assertThat(memory.seen().repeated("w-1", sos("e-19398", last), SPANS)).isFalse();
    }

    @Test
    void aClockOfOursThatWasSetBackMakesNoRepeatOfAnything() {
        SubjectMemory memory = new SubjectMemory();
        memory.seen().repeated("w-1", sos("e-1", NOW.plusSeconds(3600)), SPANS);

        assertThat(memory.seen().repeated("w-1", sos("e-1", NOW), SPANS)).isFalse();
        assertThat(memory.seen().repeated("w-1", sos("e-1", NOW), SPANS)).isTrue();
    }

    /** Received when it was pressed; its bytes follow from its id. */
    private static DeviceReport sos(String id, Instant at) {
        Instant pressed = id.equals("e-1") ? NOW : at;
        return new DeviceReport(new EventTime(at, at, pressed), ReportKind.SOS, id, id.hashCode(), null);
    }
}
