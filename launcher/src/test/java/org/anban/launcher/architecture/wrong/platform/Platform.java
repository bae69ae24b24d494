package org.anban.launcher.architecture.wrong.platform;

import org.anban.launcher.architecture.wrong.gateway.Gateway;

public record Platform(Gateway gateway) {}
