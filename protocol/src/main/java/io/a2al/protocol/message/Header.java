package io.a2al.protocol.message;

/**
 * The header of a message (wire.md section 5). Immutable, with value equality; thread-safe.
 *
 * @param version 0 to 255; nodes of both protocol versions send 1 and accept any
 * @param features 0 to 65535; nodes of both protocol versions send 0 and accept any
 * @param type the type of the message
 * @param transactionId ties a response to its request
 */
public record Header(int version, int features, MessageType type, TransactionId transactionId) {

    /**
     * The bit of the features by which a node in client mode marks its PONG: it is at its address, but serves no
     * requests. Nodes of both protocol versions ignore it (docs/decisions/clients.md).
     */
    public static final int CLIENT = 0x8000;

    /** Checks the ranges. */
    public Header {
        if (version < 0 || version > 0xff || features < 0 || features > 0xffff) {
            throw new IllegalArgumentException("header out of range: version " + version + ", features " + features);
        }
    }

    /** Returns the header that every node sends: version 1, features 0. */
    public static Header of(MessageType type, TransactionId transactionId) {
        return new Header(1, 0, type, transactionId);
    }

    /** Returns this header, marked as that of a node in client mode. */
    public Header ofClient() {
        return new Header(version, features | CLIENT, type, transactionId);
    }

    /** Returns true if the sender says that it serves no requests. */
    public boolean isOfClient() {
        return (features & CLIENT) != 0;
    }
}
