package org.anban.launcher.architecture.wrong.log;

import org.anban.launcher.architecture.wrong.kit.Edge;

record KnowsKit(Edge edge) {}
