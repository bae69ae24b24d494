package org.anban.launcher;

import java.util.List;
import org.anban.kit.edge.Site;

/** The console, the family's page, and the libraries that they load. */
final class Pages {
    static final Site SITE = new Site(
            List.of(
                    new Site.Folder("/webjars", "META-INF/resources/webjars"),
                    new Site.Folder("/_static", "META-INF/resources/_static"),
                    new Site.Folder("/", "web")),
            List.of("web/index.html", "web/family/index.html"));

    private Pages() {}
}
