package org.anban.launcher.bench;

import picocli.CommandLine.Command;

/** {@code ./care bench}: measurements on this machine, bounded in count and time, on loopback only. */
@Command(
        name = "bench",
        description = "measure on this machine",
        mixinStandardHelpOptions = true,
        subcommands = {IngestBench.class, AlarmBench.class, ConnectionsBench.class, SoakBench.class})
public final class BenchCommand {}
