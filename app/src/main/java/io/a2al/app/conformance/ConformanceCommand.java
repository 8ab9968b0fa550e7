package io.a2al.app.conformance;

import io.a2al.app.cli.CommandGroup;
import picocli.CommandLine.Command;

/** {@code a2al conformance}: checks whether an implementation conforms to the specification. */
@Command(
        name = "conformance",
        description = "Check an implementation against what the network agreed on.",
        footer = {
            "",
            "Examples:",
            "  a2al conformance vectors                run the golden vectors that come along",
            "  a2al conformance node 127.0.0.1:4121    check a running node"
        },
        subcommands = {ConformanceVectorsCommand.class, ConformanceNodeCommand.class})
public final class ConformanceCommand extends CommandGroup {}
