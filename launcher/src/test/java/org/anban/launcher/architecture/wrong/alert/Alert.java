package org.anban.launcher.architecture.wrong.alert;

import org.anban.launcher.architecture.wrong.platform.Platform;

public record Alert(Platform platform) {}
