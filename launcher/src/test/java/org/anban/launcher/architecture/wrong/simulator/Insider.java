package org.anban.launcher.architecture.wrong.simulator;

import org.anban.launcher.architecture.wrong.kit.Edge;

record Insider(Edge edge) {}
