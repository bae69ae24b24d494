package org.anban.platform.resident;

import org.anban.platform.person.Person;
import org.jspecify.annotations.Nullable;

/** Who is nearest to an area, by its path. */
final class Nearness {
    private Nearness() {}

    /**
     * How narrowly a person's areas hold an area path: the longest that does, or -1. An unknown area is held by
     * everybody, first by those who work everywhere.
     */
    static int reach(Person person, String areaPath) {
        int longest = -1;
        for (String area : person.post().areas()) {
            if (area.isEmpty()) {
                longest = Math.max(longest, areaPath.isEmpty() ? 1 : 0);
            } else if (areaPath.isEmpty()) {
                longest = Math.max(longest, 0);
            } else if (areaPath.equals(area) || areaPath.startsWith(area + "/")) {
                longest = Math.max(longest, area.length());
            }
        }
        return longest;
    }

    /** 0 of the area's own station, 1 of the same street, 2 elsewhere. */
    static int steps(Person person, String areaPath, @Nullable String station) {
        if (station != null && station.equals(person.post().station())) {
            return 0;
        }
        String street = street(areaPath);
        boolean sameStreet = !street.isEmpty()
                && person.post().areas().stream().anyMatch(a -> street(a).equals(street));
        return sameStreet ? 1 : 2;
    }

    /** The first two levels, district and street; empty if the path is not that narrow. */
    private static String street(String path) {
        int district = path.indexOf('/');
        if (district < 0) {
            return "";
        }
        int street = path.indexOf('/', district + 1);
        return street < 0 ? path : path.substring(0, street);
    }
}
