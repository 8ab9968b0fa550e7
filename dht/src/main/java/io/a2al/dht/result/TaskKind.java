package io.a2al.dht.result;

/** The kinds of work that a node does on its own threads. */
public enum TaskKind {
    /** What is due at a deadline: repetitions of requests, timeouts, maintenance. */
    TIMER("a timer"),
    /** Handling a received datagram and sending its answer. */
    DATAGRAM("handling a datagram"),
    /** Completing the future of an operation. */
    COMPLETION("completing an operation"),
    /** Signing and storing the next record of a publication. */
    RENEWAL("renewing a publication"),
    /** Reading or writing the node's files. */
    FILES("reading or writing files"),
    /** Asking the sources of seeds again because too few peers are known. */
    JOIN("joining the network again"),
    /** Calling code of the application. What that code itself throws is counted by {@link CallbackKind}. */
    CALLBACK("calling the application");

    private final String text;

    TaskKind(String text) {
        this.text = text;
    }

    /** Returns the kind in words, as log lines name it. */
    public String text() {
        return text;
    }
}
