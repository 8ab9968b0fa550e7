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

    /** The command was given something it cannot work with. */
    public static CommandException wrongUse(String message) {
        return new CommandException(message, ExitCode.USAGE);
    }

    /** The command was given something that its reader refused, saying why. */
    public static CommandException wrongUse(IllegalArgumentException refusal) {
        return wrongUse(String.valueOf(refusal.getMessage()));
    }

    /** The command was fine, but it did not come off. */
    public static CommandException failed(String message) {
        return new CommandException(message, ExitCode.SOFTWARE);
    }

    public int exitCode() {
        return exitCode;
    }
}
