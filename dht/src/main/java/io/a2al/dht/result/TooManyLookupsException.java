package io.a2al.dht.result;

/** Thrown when a lookup gets no turn, as too many others wait; it can be repeated later. */
public final class TooManyLookupsException extends RefusedException {

    private static final long serialVersionUID = 1L;

    /** Creates an exception whose message is the reason. */
    public TooManyLookupsException(String reason) {
        super(reason);
    }
}
