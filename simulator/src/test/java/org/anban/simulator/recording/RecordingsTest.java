package org.anban.simulator.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.anban.simulator.SimulatorException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RecordingsTest {
    @TempDir
    Path folder;

    @Test
    void rowsOfOneTimeOfAnIntensiveCareStayAreOneMessage() throws IOException {
        Recording read = read(
                """
                Time,Parameter,Value
                00:00,Age,81
                00:10,HR,71
                00:10,RespRate,15
                00:10,Temp,36.4
                01:05,HR,74
                01:05,SaO2,-1
                01:05,NISysABP,131
                01:05,NIDiasABP,77
                26:00,SaO2,96
                """);

        assertThat(read.layout()).isEqualTo("icu-vitals");
        assertThat(read.problems()).isEmpty();
        assertThat(read.messages())
                .extracting(message -> message.seconds() + " " + message.payload())
                .containsExactly(
                        "600.0 {\"heartRate\":71.0,\"respirationRate\":15.0,\"bodyTemperature\":36.4}",
                        "3900.0 {\"heartRate\":74.0,\"systolic\":131.0,\"diastolic\":77.0}",
                        "93600.0 {\"spo2\":96.0}");
        assertThat(read.note())
                .isEqualTo("1 rows are of parameters that no device at home measures, 1 are missing values");
    }

    @Test
    void theSameParameterTwiceAtOneTimeLosesNeither() throws IOException {
        Recording read = read("Time,Parameter,Value\n00:10,HR,71\n00:10,HR,72\n");

        assertThat(read.messages())
                .extracting(message -> message.payload().toString())
                .containsExactly("{\"heartRate\":71.0}", "{\"heartRate\":72.0}");
    }

    @Test
    void anUnreadableRowIsNamedWithItsLineAndNothingElseIsLost() throws IOException {
        Recording read = read(
                """
                Time,Parameter,Value
                00:10,HR,71
                00:11,HR,many
                half past,HR,70
                00:12,HR
                00:09,HR,70

                00:13,HR,NaN
                00:14,HR,73
                """);

        assertThat(read.messages()).hasSize(2);
        assertThat(read.problems())
                .containsExactly(
                        "line 3: HR is no number: many",
                        "line 4: no time of the form HH:MM: half past",
                        "line 5: 3 columns expected, 2 found",
                        "line 6: time goes backwards: 00:09",
                        "line 8: HR is no number: NaN");
    }

    @Test
    void aBedPadFollowsTheLabelsOfTheTag() throws IOException {
        Recording read = read(
                """
                0,1.1,0.02,0.5,4,-57.5,5.1,920.25,3
                4.5,1.1,0.02,0.5,4,-57.5,5.1,920.25,3
                12,1.1,0.02,0.5,4,-57.5,5.1,920.25,1
                15.25,0.3,0.9,0.1,2,-60,0.7,921.75,4
                16,0.3,0.9,0.1,2,-60,0.7,921.75,9
                20,0.3,0.9,0.1,2,-60,0.7,921.75,2
                31,1.1,0.02,0.5,1,-57.5,5.1,920.25,1
                """);

        assertThat(read.layout()).isEqualTo("bed-exit");
        assertThat(read.messages())
                .extracting(message -> message.seconds() + " " + message.leaf() + " " + message.payload())
                .containsExactly(
                        "0.0 telemetry {\"inBed\":true}",
                        "12.0 telemetry {\"inBed\":true}",
                        "15.25 event {\"type\":\"bed-exit\"}",
                        "15.25 telemetry {\"inBed\":false}",
                        "31.0 event {\"type\":\"bed-entry\"}",
                        "31.0 telemetry {\"inBed\":true}");
        assertThat(read.problems()).containsExactly("line 5: a label of 1 to 4 expected: 9");
    }

    @Test
    void aFallOnTheWristIsReportedWhenTheRestIsOverAndAKnockIsNot() throws IOException {
        Recording fall = read(wrist(2, 45, 9.8));
        Recording knock = read(wrist(9.8, 45, 9.8));
        Recording restless = read(wrist(2, 45, 16));

        assertThat(fall.layout()).isEqualTo("weda-fall");
        assertThat(fall.messages())
                .filteredOn(message -> message.leaf().equals("event"))
                .singleElement()
                .satisfies(message -> {
                    assertThat(message.payload()).hasToString("{\"type\":\"fall\"}");
                    assertThat(message.seconds()).isBetween(8.0, 8.5);
                });
        assertThat(fall.messages())
                .filteredOn(message -> message.leaf().equals("telemetry"))
                .hasSize(2);
        assertThat(knock.messages()).noneMatch(message -> message.leaf().equals("event"));
        assertThat(restless.messages()).noneMatch(message -> message.leaf().equals("event"));
    }

    @Test
    void theNightThatComesWithTheProjectIsReadWhole() {
        Recording night = Recordings.read("sample:night");

        assertThat(night.layout()).isEqualTo("sample");
        assertThat(night.problems()).isEmpty();
        assertThat(night.messages()).hasSizeGreaterThan(100);
        assertThat(night.seconds()).isEqualTo(36_000);
        assertThat(night.messages())
                .filteredOn(message -> message.leaf().equals("event"))
                .extracting(message -> message.payload().get("type").asText())
                .containsExactly("bed-entry", "bed-exit", "fall", "fall-cancelled", "bed-entry", "bed-exit");
    }

    @Test
    void aSampleIsCheckedLineByLine() throws IOException {
        Recording read = read(
                """
                {"t":0,"topic":"telemetry","payload":{"heartRate":70,"at":"2020-01-01T00:00:00Z"}}
                {"t":-1,"topic":"telemetry","payload":{}}
                {"t":1,"topic":"reply","payload":{}}
                {"t":1,"topic":"event","payload":[]}
                {"t":1
                {"t":2.5,"topic":"event","payload":{"type":"sos"}}
                """);

        assertThat(read.messages())
                .extracting(message -> message.payload().toString())
                .containsExactly("{\"heartRate\":70}", "{\"type\":\"sos\"}");
        assertThat(read.problems()).hasSize(4);
        assertThat(read.problems().get(0)).isEqualTo("line 2: t is no time in seconds");
        assertThat(read.problems().get(3)).startsWith("line 5: no JSON");
    }

    @Test
    void aMarkAtTheBeginningAndForeignLineEndsDoNotMatter() throws IOException {
        Recording read = read("\uFEFFTime,Parameter,Value\r\n00:10,HR,71\r\n");

        assertThat(read.messages()).hasSize(1);
    }

    @Test
    void whatIsNoRecordingIsOneClearLine() throws IOException {
        assertThatThrownBy(() -> Recordings.read(folder.resolve("none").toString()))
                .isInstanceOf(SimulatorException.class)
                .hasMessageContaining("there is no such file");
        assertThatThrownBy(() -> Recordings.read("sample:../../secret"))
                .isInstanceOf(SimulatorException.class)
                .hasMessageContaining("there is sample:night");
        assertThatThrownBy(() -> read("hello,world\n"))
                .isInstanceOf(SimulatorException.class)
                .hasMessageContaining(
                        "line 1 belongs to no layout that is known here (sample, icu-vitals, weda-fall, bed-exit): hello,world");
        assertThatThrownBy(() -> read("\n\n")).hasMessageContaining("is empty");
    }

    /** Ten seconds at 50 Hz: rest, half a second of the given lightness, an impact at 5 s, then rest that swings up to a value. */
    private static String wrist(double lightness, double impact, double restPeak) {
        StringBuilder text = new StringBuilder("accel_time_list,accel_x_list,accel_y_list,accel_z_list\n");
        for (int i = 0; i < 500; i++) {
            double seconds = i / 50.0;
            double z = 9.8;
            if (seconds >= 4.5 && seconds < 5) {
                z = lightness;
            } else if (i == 250) {
                z = impact;
            } else if (seconds > 5.5 && i % 2 == 0) {
                z = restPeak;
            }
            text.append(String.format(Locale.ROOT, "%.3f,0.0,0.0,%.1f%n", seconds, z));
        }
        return text.toString();
    }

    private Recording read(String text) throws IOException {
        Path file = Files.write(folder.resolve("recording"), text.getBytes(StandardCharsets.UTF_8));
        return Recordings.read(file.toString());
    }
}
