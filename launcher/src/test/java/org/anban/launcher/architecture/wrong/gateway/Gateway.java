package org.anban.launcher.architecture.wrong.gateway;

import org.anban.launcher.architecture.wrong.alert.Alert;

public record Gateway(Alert alert) {}
