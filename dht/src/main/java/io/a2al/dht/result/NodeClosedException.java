package io.a2al.dht.result;

/** Thrown by an operation of a closed node, and by one that was under way when the node was closed. */
public final class NodeClosedException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public NodeClosedException() {
        super("the node is closed");
    }
}
