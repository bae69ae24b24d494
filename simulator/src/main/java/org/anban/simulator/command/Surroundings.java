package org.anban.simulator.command;

import java.nio.file.Path;
import java.time.InstantSource;

/**
 * What the commands need of the program that mounts them.
 *
 * @param careHome where {@code demo.json} is
 */
public record Surroundings(Path careHome, InstantSource time) {}
