package io.a2al.protocol.record;

/** How the NAT of a publisher's network treats inbound datagrams (wire.md 11.1). */
public enum NatType {
    /** Not determined. */
    UNKNOWN(0),
    /** Datagrams from any address arrive. */
    FULL_CONE(1),
    /** Only datagrams from IP addresses that were sent to before arrive. */
    RESTRICTED(2),
    /** Only datagrams from IP addresses and ports that were sent to before arrive. */
    PORT_RESTRICTED(3),
    /** The external port differs by destination. */
    SYMMETRIC(4);

    private static final NatType[] BY_CODE = values();

    private final int code;

    NatType(int code) {
        this.code = code;
    }

    /** Largest code on the wire. */
    static final int MAX_CODE = BY_CODE.length - 1;

    /** Returns the number on the wire, 0 to 4. */
    public int code() {
        return code;
    }

    static NatType ofCode(int code) {
        return BY_CODE[code];
    }
}
