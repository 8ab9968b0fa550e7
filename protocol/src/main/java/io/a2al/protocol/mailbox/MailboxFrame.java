package io.a2al.protocol.mailbox;

import io.a2al.protocol.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A frame that carries a mailbox record to its recipient on a stream between the two, without the DHT: {@code a2mb}, a
 * message id, the length of the record in four bytes, most significant first, and the record. A feature of the newer
 * protocol version. The record is opaque here. Immutable, with value equality; thread-safe.
 *
 * @param messageId 32 bytes
 * @param record at most {@link #MAX_RECORD} bytes; may be empty
 */
public record MailboxFrame(Bytes messageId, Bytes record) {

    /** Length of the message id, in bytes. */
    public static final int MESSAGE_ID_LENGTH = 32;

    /** Length of everything before the record, in bytes. */
    public static final int HEADER_LENGTH = 40;

    /** Longest record, in bytes: far more than a payload of 512 bytes and a delegation proof need. */
    public static final int MAX_RECORD = 65_536;

    private static final Bytes MAGIC = Bytes.copyOf("a2mb".getBytes(StandardCharsets.US_ASCII));

    /**
     * Checks the lengths.
     *
     * @throws IllegalArgumentException if a length is out of range
     */
    public MailboxFrame {
        if (messageId.length() != MESSAGE_ID_LENGTH) {
            throw new IllegalArgumentException(
                    "a message id has " + MESSAGE_ID_LENGTH + " bytes, not " + messageId.length());
        }
        if (record.length() > MAX_RECORD) {
            throw new IllegalArgumentException(
                    "the record has " + record.length() + " bytes, the limit is " + MAX_RECORD);
        }
    }

    /** Returns the encoded frame. */
    public Bytes encode() {
        byte[] length =
                ByteBuffer.allocate(Integer.BYTES).putInt(record.length()).array();
        return MAGIC.concat(messageId).concat(Bytes.copyOf(length)).concat(record);
    }

    /**
     * Returns the length of the record, in bytes, that a frame's header announces.
     *
     * @param header the first {@value #HEADER_LENGTH} bytes of a frame, or more of it
     * @throws InvalidMailException if this is not the header of a frame, or the record is longer than {@link
     *     #MAX_RECORD}
     */
    public static int recordLength(Bytes header) throws InvalidMailException {
        if (header.length() < HEADER_LENGTH || !header.slice(0, MAGIC.length()).equals(MAGIC)) {
            throw new InvalidMailException("frame: it does not begin with a2mb and " + HEADER_LENGTH + " bytes");
        }
        long length =
                Integer.toUnsignedLong(ByteBuffer.wrap(header.toArray(), HEADER_LENGTH - Integer.BYTES, Integer.BYTES)
                        .getInt());
        if (length > MAX_RECORD) {
            throw new InvalidMailException("frame: a record of " + length + " bytes, the limit is " + MAX_RECORD);
        }
        return (int) length;
    }

    /**
     * Decodes a byte string that is exactly one frame.
     *
     * @throws InvalidMailException if it is not a frame, is truncated, or continues after its record
     */
    public static MailboxFrame decode(Bytes frame) throws InvalidMailException {
        int length = recordLength(frame);
        if (frame.length() - HEADER_LENGTH != length) {
            throw new InvalidMailException("frame: " + (frame.length() - HEADER_LENGTH)
                    + " bytes follow its header, which announces " + length);
        }
        return new MailboxFrame(
                frame.slice(MAGIC.length(), MAGIC.length() + MESSAGE_ID_LENGTH),
                frame.slice(HEADER_LENGTH, frame.length()));
    }
}
