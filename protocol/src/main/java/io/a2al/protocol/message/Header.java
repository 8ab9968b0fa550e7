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
}
