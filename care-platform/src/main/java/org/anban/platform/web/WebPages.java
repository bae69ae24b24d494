package org.anban.platform.web;

import java.util.List;
import org.anban.kit.edge.Site;

/**
 * The operator's console at {@code /} and the family's page at {@code /family/}: ES modules as they are written, and
 * the libraries that they import, out of their jars.
 */
public final class WebPages {
    private WebPages() {}

    /** What the HTTP edge serves. */
    public static Site site() {
        return new Site(
                List.of(
                        new Site.Folder("/webjars", "META-INF/resources/webjars"),
                        new Site.Folder("/_static", "META-INF/resources/_static"),
                        new Site.Folder("/", "web")),
                List.of("web/index.html", "web/family/index.html"));
    }
}
