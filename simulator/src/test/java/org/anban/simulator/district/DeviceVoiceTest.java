package org.anban.simulator.district;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.anban.simulator.demo.DemoDevice;
import org.anban.simulator.device.Quirks;
import org.anban.simulator.resident.Resident;
import org.junit.jupiter.api.Test;

final class DeviceVoiceTest {
    private static final Instant MORNING = Instant.parse("2026-01-05T00:00:00Z");
    private static final DistrictPlan CALM = DistrictPlan.DEFAULT;
    private static final JsonMapper JSON = new JsonMapper();

    private final GroundTruth truth = new GroundTruth(null);

    @Test
    void aDayOfEveryKindRaisesNoAlarm() {
        for (String kind : List.of("watch", "button", "bed", "fall", "smoke", "gas", "door")) {
            List<Message> day = day(voice(kind, 0, CALM), Duration.ofHours(24));

            assertThat(day).isNotEmpty();
            assertThat(day)
                    .filteredOn(message -> message.leaf().equals("event"))
                    .extracting(message -> json(message).get("type").asText())
                    .isSubsetOf("bed-exit", "bed-entry", "taken-off", "worn");
        }
    }

    @Test
    void everyReportHasItsTruthBesideIt() {
        DeviceVoice voice = voice("watch", 0, CALM);

        Message said = voice.turn(MORNING, MORNING).get(0);

        Truth known = truth.newest().get(0);
        assertThat(known.at()).isEqualTo(MORNING);
        assertThat(known.device()).isEqualTo("watch-0");
        assertThat(json(said).get("heartRate").asDouble())
                .isCloseTo(known.vitals().heartRate(), offset(2));
        assertThat(known.cause()).isEmpty();
    }

    @Test
    void someWatchesSpeakSenmlAndOthersPlainObjects() {
        assertThat(json(voice("watch", 0, CALM).turn(MORNING, MORNING).get(0)).isObject())
                .isTrue();

        JsonNode pack = json(voice("watch", 2, CALM).turn(MORNING, MORNING).get(0));
        assertThat(pack.isArray()).isTrue();
        assertThat(pack.get(0).get("bn").asText()).isEqualTo("watch-2:");
        assertThat(pack.get(0).get("bt").decimalValue()).isEqualByComparingTo("1767571200");
        assertThat(pack.get(0).get("u").asText()).isEqualTo("beat/min");
    }

    @Test
    void oneWatchHasAClockThatIsMinutesAhead() {
        JsonNode said = json(voice("watch", 1, CALM).turn(MORNING, MORNING).get(0));

        assertThat(said.get("at").asText()).isEqualTo("2026-01-05T08:07:00.000+08:00");
    }

    @Test
    void whatIsMeasuredWithoutANetworkComesInOneGoAfterwards() {
        DeviceVoice voice = voice("watch", 3, CALM);
        int mostAtOnce = 0;
        int all = 0;
        int silentTurns = 0;
        for (int turn = 0; turn < 360; turn++) {
            Instant now = MORNING.plusSeconds(turn * 20L);
            int telemetry = (int) voice.turn(now, now).stream()
                    .filter(message -> message.leaf().equals("telemetry"))
                    .count();
            silentTurns += telemetry == 0 ? 1 : 0;
            mostAtOnce = Math.max(mostAtOnce, telemetry);
            all += telemetry;
        }
        assertThat(silentTurns).isBetween(12, 24);
        assertThat(mostAtOnce).isBetween(6, 8);
        assertThat(all).isBetween(350, 360);
    }

    @Test
    void rareEventsHappenWhenAskedForAndTheirCauseIsKnown() {
        DistrictPlan lively = new DistrictPlan(3, 1, 200, false, CALM.zone(), null);
        List<Message> day = day(voice("watch", 0, lively), Duration.ofHours(24));

        List<String> types = day.stream()
                .filter(message -> message.leaf().equals("event"))
                .map(message -> json(message).get("type").asText())
                .toList();
        assertThat(types).contains("fall", "fall-cancelled", "sos");
        assertThat(types.indexOf("fall-cancelled")).isGreaterThan(types.indexOf("fall"));
        long causes =
                truth.newest().stream().filter(each -> !each.cause().isEmpty()).count();
        assertThat(causes).isBetween(140L, 260L);
    }

    @Test
    void theSameSeedSaysTheSame() {
        assertThat(day(voice("watch", 3, CALM), Duration.ofHours(2)).toString())
                .isEqualTo(day(voice("watch", 3, CALM), Duration.ofHours(2)).toString());
    }

    @Test
    void theBackfillIsADayOfHeartRateInAFewPacks() {
        DemoDevice watch = device("watch", 0);
        Resident resident = resident(watch);

        List<Message> packs = Backfill.of(watch, resident, MORNING, null);

        List<JsonNode> records = new ArrayList<>();
        packs.forEach(pack -> json(pack).forEach(records::add));
        assertThat(packs).hasSizeBetween(5, 7);
        assertThat(records).hasSizeBetween(260, 288);
        assertThat(records).allSatisfy(each -> assertThat(each.get("v").asInt()).isBetween(57, 93));
        double base = json(packs.get(0)).get(0).get("bt").asDouble();
        assertThat(base).isEqualTo(MORNING.minus(Duration.ofHours(24)).getEpochSecond() + 300.0);
    }

    @Test
    void aRestartDeliversOnlyWhatIsMissing() {
        DemoDevice watch = device("watch", 0);

        List<Message> packs = Backfill.of(watch, resident(watch), MORNING, MORNING.minusSeconds(700));

        assertThat(packs).hasSize(1);
        assertThat(json(packs.get(0))).hasSize(2);
        assertThat(Backfill.of(watch, resident(watch), MORNING, MORNING)).isEmpty();
    }

    @Test
    void theBedTellsThePastOfAResidentWithoutAWatch() {
        DemoDevice bed = device("bed", 1);
        DemoDevice watch = device("watch", 1);
        DemoDevice button = device("button", 1);

        assertThat(Backfill.tellers(List.of(button, bed))).containsEntry("resident:r-1", bed);
        assertThat(Backfill.tellers(List.of(watch, bed))).containsEntry("resident:r-1", watch);
        assertThat(Backfill.tellers(List.of(bed, watch))).containsEntry("resident:r-1", watch);
    }

    private DeviceVoice voice(String kind, int position, DistrictPlan plan) {
        DemoDevice device = device(kind, position);
        Quirks quirks = Quirks.of(plan.seed(), device.id(), kind, position);
        return new DeviceVoice(device, resident(device), quirks, plan, truth);
    }

    private static DemoDevice device(String kind, int position) {
        return new DemoDevice(kind + "-" + position, "key", kind, "resident:r-" + position);
    }

    private static Resident resident(DemoDevice device) {
        return new Resident(CALM.seed(), device.subject(), CALM.zone());
    }

    private static List<Message> day(DeviceVoice voice, Duration length) {
        List<Message> said = new ArrayList<>();
        Instant now = MORNING;
        while (now.isBefore(MORNING.plus(length))) {
            said.addAll(voice.turn(now, now));
            now = now.plus(voice.untilNext(now));
        }
        return said;
    }

    private static JsonNode json(Message message) {
        try {
            return JSON.readTree(message.payload());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static org.assertj.core.data.Offset<Double> offset(double width) {
        return org.assertj.core.data.Offset.offset(width);
    }
}
