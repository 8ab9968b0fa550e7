package io.a2al.dht.result;

/** Thrown when a node is asked for something after it was closed, or is closed while working on it. */
public final class NodeClosedException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    /** The node is closed. */
    public NodeClosedException() {
        super("the node is closed");
    }
}
