package io.a2al.dht.result;

/**
 * Thrown when a node cannot do what it is asked for, for a reason that the message names: a record that is too long or
 * not newer than the one published, or a limit of the node.
 */
public final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Names the reason. */
    public RefusedException(String reason) {
        super(reason);
    }
}
