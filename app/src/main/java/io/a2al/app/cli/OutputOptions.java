package io.a2al.app.cli;

import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** Options that say how a command prints its result. */
public interface OutputOptions {

    String JSON = "--json";

    /** Returns the output of the command, the same at each call. */
    Output output();

    /** Returns the output of a command; empty for one that has no such options. */
    static Optional<Output> of(CommandSpec command) {
        return Mixins.find(command, OutputOptions.class).map(OutputOptions::output);
    }
}
