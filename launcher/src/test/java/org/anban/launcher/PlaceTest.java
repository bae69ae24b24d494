package org.anban.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.anban.alert.rule.OutageLimits;
import org.anban.kit.config.Settings;
import org.anban.kit.config.StartException;
import org.anban.platform.origin.Proxies;
import org.junit.jupiter.api.Test;

class PlaceTest {
    @Test
    void theDistrictsProxiesReachThePlatform() {
        Place place = Place.of(Settings.of(Map.of("CARE_PROXIES", "10.0.0.5, ::1"), Map.of()));

        assertThat(place.platform().proxies()).isEqualTo(new Proxies(Set.of("0:0:0:0:0:0:0:1", "10.0.0.5")));
        assertThat(Place.of(Settings.of(Map.of(), Map.of())).platform().proxies())
                .isEqualTo(Proxies.NONE);
    }

    @Test
    void whatMakesAnOutageIsASetting() {
        Place place =
                Place.of(Settings.of(Map.of("CARE_OUTAGE_PERCENT", "12.5", "CARE_OUTAGE_MINUTES", "30"), Map.of()));

        assertThat(place.outages().share()).isEqualTo(0.125);
        assertThat(place.outages().window()).isEqualTo(Duration.ofMinutes(30));
        assertThat(Place.of(Settings.of(Map.of(), Map.of())).outages()).isEqualTo(OutageLimits.DEFAULT);
        for (String wrong : new String[] {"0", "101", "many"}) {
            Settings settings = Settings.of(Map.of("CARE_OUTAGE_PERCENT", wrong), Map.of());
            assertThatThrownBy(() -> Place.of(settings))
                    .as(wrong)
                    .isInstanceOf(StartException.class)
                    .hasMessageStartingWith("CARE_OUTAGE_PERCENT");
        }
    }

    @Test
    void aProxyThatIsNoAddressEndsTheStartAndIsNamed() {
        for (String wrong : new String[] {"proxy.example", "10.0.0.0/8", "10.0.0.5,,10.0.0.6", "10.0.0.5, 10.0.0.5"}) {
            Settings settings = Settings.of(Map.of("CARE_PROXIES", wrong), Map.of());
            assertThatThrownBy(() -> Place.of(settings))
                    .as(wrong)
                    .isInstanceOf(StartException.class)
                    .hasMessageStartingWith("CARE_PROXIES: ");
        }
    }
}
