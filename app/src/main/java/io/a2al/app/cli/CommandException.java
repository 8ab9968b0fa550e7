package io.a2al.app.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Ends a command with one line on standard error, which names the value at fault and the remedy, and with one of the
 * {@link ExitCodes}.
 */
public final class CommandException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int exitCode;
    private final transient ObjectNode details;

    private CommandException(String message, int exitCode, ObjectNode details) {
        super(message);
        this.exitCode = exitCode;
        this.details = details;
    }

    private CommandException(String message, int exitCode) {
        this(message, exitCode, Json.object());
    }

    /** Returns a failure for a value that the command cannot use; exit code 2. */
    public static CommandException wrongUse(String message) {
        return new CommandException(message, ExitCodes.WRONG_USE);
    }

    /** Returns a failure for a value that a parser refused; exit code 2. */
    public static CommandException wrongUse(IllegalArgumentException refusal) {
        return wrongUse(String.valueOf(refusal.getMessage()));
    }

    /** Returns that there is no such thing as was asked for, or that a check did not pass; exit code 1. */
    public static CommandException notFound(String message) {
        return new CommandException(message, ExitCodes.NOT_FOUND);
    }

    /** Returns that no node answered, or not in time; exit code 3. */
    public static CommandException noNetwork(String message) {
        return new CommandException(message, ExitCodes.NO_NETWORK);
    }

    /** Returns a failure of a correct command on this machine; exit code 4. */
    public static CommandException failed(String message) {
        return new CommandException(message, ExitCodes.FAILED);
    }

    /** Returns the same failure with what else there is to say of it in JSON, beside the message. */
    public CommandException with(ObjectNode said) {
        CommandException detailed = new CommandException(String.valueOf(getMessage()), exitCode, said);
        detailed.setStackTrace(getStackTrace());
        return detailed;
    }

    public int exitCode() {
        return exitCode;
    }

    /** Returns what else there is to say of it in JSON; an empty object if nothing. */
    ObjectNode details() {
        return details;
    }
}
