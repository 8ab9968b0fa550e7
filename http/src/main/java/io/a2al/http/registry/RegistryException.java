package io.a2al.http.registry;

/** Why the registry does not do what it was asked to. The message is one line for the user. */
public final class RegistryException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Kinds of refusals. */
    public enum Reason {
        /** No such agent is registered. */
        UNKNOWN,
        /** What was given is not valid. */
        INVALID,
        /** The agent is registered with another key. */
        OTHER_KEY,
        /** A limit is reached. */
        LIMIT,
        /** It could not be written. */
        NOT_SAVED,
        /** The node or the network did not take it. */
        NOT_PUBLISHED
    }

    private final Reason reason;

    /** A refusal of this kind. */
    public RegistryException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Returns the kind. */
    public Reason reason() {
        return reason;
    }
}
