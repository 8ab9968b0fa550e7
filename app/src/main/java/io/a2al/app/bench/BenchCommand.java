package io.a2al.app.bench;

import io.a2al.app.cli.CommandGroup;
import picocli.CommandLine.Command;

/** {@code a2al bench}: measures how fast a node is, what it costs and what it keeps in a crash. */
@Command(
        name = "bench",
        description = "Measure how fast a node is and what it costs.",
        footer = {
            "",
            "Examples:",
            "  a2al bench local                               measure this program",
            "  a2al bench load 127.0.0.1:4121 --mode ping     put load on a running node"
        },
        subcommands = {
            BenchLocalCommand.class,
            BenchLoadCommand.class,
            BenchHttpCommand.class,
            BenchJmhCommand.class,
            BenchMemoryCommand.class,
            BenchStartCommand.class,
            BenchRestartCommand.class,
            BenchIdleCommand.class,
            BenchCrashCommand.class
        })
public final class BenchCommand extends CommandGroup {}
