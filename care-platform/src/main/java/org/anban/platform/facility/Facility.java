package org.anban.platform.facility;

import org.anban.contracts.error.CareException;
import org.jspecify.annotations.Nullable;

/**
 * A place of the care network. Districts call the tiers by names of their own; the tier is what rules go by.
 *
 * @param area path of the area it stands in
 * @param parent the facility that leads it, or null
 */
public record Facility(
        String id,
        Tier tier,
        String nameZh,
        String nameEn,
        String area,
        String address,
        String phone,
        @Nullable String parent) {
    /** The levels of the network: district, street or town, community or village, and the points below. */
    public enum Tier {
        DISTRICT_CENTRE,
        STREET_CENTRE,
        STATION,
        MEAL_POINT,
        MUTUAL_AID_POINT,
        INSTITUTION
    }

    public Facility {
        if (id.isBlank() || nameZh.isBlank()) {
            throw CareException.invalid("facility: needs an id and a name");
        }
    }
}
