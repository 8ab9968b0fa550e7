package io.a2al.app.cli;

import picocli.CommandLine;

/** Makes the program with all of its commands, for commands that are about the others. */
@FunctionalInterface
public interface Program {

    /** Makes it, configured; fails if the configuration cannot be used. */
    CommandLine make() throws CommandException;
}
