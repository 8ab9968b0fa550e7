package io.a2al.app.cli;

import picocli.CommandLine.ExitCode;

/** Ends a command with one line on standard error, which names the value at fault and the remedy. */
public final class CommandException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private CommandException(String message, int exitCode) {
        super(message);
        this.exitCode = exitCode;
    }

    /** Returns a failure for a value that the command cannot use; exit code 2. */
    public static CommandException wrongUse(String message) {
        return new CommandException(message, ExitCode.USAGE);
    }

    /** Returns a failure for a value that a parser refused; exit code 2. */
    public static CommandException wrongUse(IllegalArgumentException refusal) {
        return wrongUse(String.valueOf(refusal.getMessage()));
    }

    /** Returns a failure of a correct command; exit code 1. */
    public static CommandException failed(String message) {
        return new CommandException(message, ExitCode.SOFTWARE);
    }

    public int exitCode() {
        return exitCode;
    }
}
