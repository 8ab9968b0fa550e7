package io.a2al.protocol.message;

/**
 * The header of a message (wire.md section 5). Immutable, with value equality; thread-safe.
 *
 * @param version 0 to 255; both generations send 1 and take anything
 * @param features 0 to 65535; both generations send 0 and take anything
 * @param transactionId ties a response to its request
 */
public record Header(int version, int features, MessageType type, TransactionId transactionId) {

    /** Checks the ranges. */
    public Header {
        if (version < 0 || version > 0xff || features < 0 || features > 0xffff) {
            throw new IllegalArgumentException("header out of range: version " + version + ", features " + features);
        }
    }

    /** The header that every node sends. */
    public static Header of(MessageType type, TransactionId transactionId) {
        return new Header(1, 0, type, transactionId);
    }
}
