package io.a2al.dht.result;

/**
 * Thrown when a node cannot do what it is asked. The message names the reason: a record that is invalid, too long or
 * not newer than the one published, or a limit of the node.
 */
public sealed class RefusedException extends RuntimeException permits TooManyLookupsException {

    private static final long serialVersionUID = 1L;

    /** Creates an exception whose message is the reason. */
    public RefusedException(String reason) {
        super(reason);
    }
}
