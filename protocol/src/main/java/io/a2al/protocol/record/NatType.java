package io.a2al.protocol.record;

/** How a publisher's network treats inbound datagrams (wire.md 11.1). */
public enum NatType {
    /** Not determined. */
    UNKNOWN(0),
    /** Unsolicited datagrams arrive. */
    FULL_CONE(1),
    /** Only addresses that were written to can answer. */
    RESTRICTED(2),
    /** Only addresses and ports that were written to can answer. */
    PORT_RESTRICTED(3),
    /** Each destination sees another port. */
    SYMMETRIC(4);

    private static final NatType[] BY_CODE = values();

    private final int code;

    NatType(int code) {
        this.code = code;
    }

    /** Largest code on the wire. */
    static final int MAX_CODE = BY_CODE.length - 1;

    /** The number on the wire, 0 to 4. */
    public int code() {
        return code;
    }

    static NatType ofCode(int code) {
        return BY_CODE[code];
    }
}
