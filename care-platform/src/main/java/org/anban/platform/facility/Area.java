package org.anban.platform.facility;

import java.util.regex.Pattern;
import org.anban.contracts.error.CareException;

/**
 * An administrative area.
 *
 * @param path from wide to narrow, {@code mentougou/dayu/sanjiadian}
 */
public record Area(String path, String nameZh, String nameEn) {
    private static final Pattern FORM = Pattern.compile("[a-z0-9-]+(/[a-z0-9-]+)*");

    public Area {
        if (!FORM.matcher(path).matches()) {
            throw CareException.invalid("area path: lower-case words joined by /");
        }
    }
}
