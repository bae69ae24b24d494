package org.anban.launcher.architecture.wrong.kit;

public record Edge(int port) {}
