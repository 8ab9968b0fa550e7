package io.a2al.protocol.message;

import static io.a2al.protocol.cbor.CborReader.END;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.cbor.CborException;
import io.a2al.protocol.cbor.CborReader;
import io.a2al.protocol.cbor.CborWriter;
import io.a2al.protocol.crypto.SignatureVerifier;
import io.a2al.protocol.crypto.Signer;
import io.a2al.protocol.id.Address;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Encodes messages as signed datagrams and decodes them (wire.md sections 4 to 6). Decoding checks the form;
 * {@link #verify} then checks the signature over the bytes as received (wire.md 6.3), so that unknown fields of newer
 * protocol versions are ignored and still covered. An invalid signature is not checked again over a re-encoding: no
 * known sender needs that, and it would double the cost of a forged packet. A codec keeps buffers and is used by one
 * thread at a time.
 */
public final class MessageCodec {

    /** Longest datagram that may be sent, in bytes (wire.md 2.1). */
    public static final int MAX_DATAGRAM = 1200;

    /** Length of a datagram without its body, in bytes: header, key and signature with their CBOR heads. */
    public static final int ENVELOPE_LENGTH = 134;

    /** The outer field that pads a datagram; its signature does not cover it, and receivers ignore it (wire.md 3.2). */
    private static final int PADDING = 5;

    private static final byte MAP_OF_FIVE = (byte) 0xa5;

    private static final byte[] PREIMAGE_PREFIX = "a2al-msg\0".getBytes(StandardCharsets.US_ASCII);

    private final SignatureVerifier signatures;
    private final Senders senders = new Senders();
    private final CborReader reader = new CborReader();
    private final CborWriter packet = new CborWriter(MAX_DATAGRAM);
    private byte[] preimage = new byte[MAX_DATAGRAM];

    private byte[] input = {};
    private int headerFrom;
    private int headerTo;
    private int bodyFrom;
    private int bodyTo;
    private int signatureAt;

    /** Creates a codec that checks signatures with {@code signatures}. */
    public MessageCodec(SignatureVerifier signatures) {
        this.signatures = signatures;
    }

    // ---- encoding ---------------------------------------------------------------------------------------------

    /**
     * Encodes and signs a message. The datagram stays in {@link #buffer()} until the next message is encoded. Its
     * length is not limited here; see {@link Message#fits()}.
     *
     * @return the length of the datagram, in bytes
     */
    public int encode(Header header, Message message, Signer signer) {
        return encode(header, message, signer, 0);
    }

    /**
     * Encodes and signs a message like {@link #encode(Header, Message, Signer)}, and pads the datagram with zero bytes
     * in an outer field of their own. An answer to an unverified address may be longer if its request was
     * (known-defects D-04).
     *
     * @param paddedLength wanted length of the datagram, in bytes, at most {@value #MAX_DATAGRAM}; 0 for no padding. No
     *     padding makes up for a single byte, for 26 bytes or for 259; the datagram is then one byte shorter
     * @return the length of the datagram, in bytes
     */
    public int encode(Header header, Message message, Signer signer, int paddedLength) {
        packet.reset();
        packet.beginMap(4);
        packet.unsigned(1);
        int from = packet.length();
        writeHeader(packet, header);
        int afterHeader = packet.length();
        packet.unsigned(2);
        int body = packet.length();
        BodyWriter.write(packet, message);
        int to = packet.length();
        packet.unsigned(3);
        packet.bytes(signer.publicKey());
        packet.unsigned(4);
        packet.bytes(NO_SIGNATURE);
        int signed = joinPreimage(packet.buffer(), from, afterHeader, body, to);
        int signature = packet.length() - SignatureVerifier.SIGNATURE_LENGTH;
        pad(Math.min(paddedLength, MAX_DATAGRAM) - packet.length());
        signer.sign(preimage, 0, signed, packet.buffer(), signature);
        return packet.length();
    }

    /** Adds a field of up to {@code count} bytes to a datagram of four fields: a key, a head of 1 to 3 bytes, zeros. */
    private void pad(int count) {
        if (count < 2) {
            return;
        }
        int zeros = count < 26 ? count - 2 : count < 259 ? count - 3 : count - 4;
        packet.unsigned(PADDING);
        int at = packet.beginBytes(zeros);
        Arrays.fill(packet.buffer(), at, packet.length(), (byte) 0);
        packet.buffer()[0] = MAP_OF_FIVE;
    }

    /**
     * Returns the length, in bytes, of the datagram that carries {@code message}; for many, use a {@link MessageMeter}.
     */
    public static int encodedLength(Message message) {
        return new MessageMeter().datagramLength(message);
    }

    private static final Bytes NO_SIGNATURE = Bytes.zeros(SignatureVerifier.SIGNATURE_LENGTH);

    /** Returns the buffer itself, not a copy, which holds the datagram encoded last; a longer one may replace it. */
    public byte[] buffer() {
        return packet.buffer();
    }

    /** Encodes and signs a message and returns the datagram as a byte string. */
    public Bytes encodeToBytes(Header header, Message message, Signer signer) {
        int length = encode(header, message, signer);
        // The buffer is read after encoding, since a message beyond the limit makes the writer replace it.
        return Bytes.copyOfRange(buffer(), 0, length);
    }

    private static void writeHeader(CborWriter writer, Header header) {
        writer.beginMap(4);
        writer.unsigned(1);
        writer.unsigned(header.version());
        writer.unsigned(2);
        writer.unsigned(header.features());
        writer.unsigned(3);
        writer.unsigned(header.type().code());
        writer.unsigned(4);
        int at = writer.beginBytes(TransactionId.LENGTH);
        header.transactionId().copyTo(writer.buffer(), at);
    }

    private int joinPreimage(byte[] bytes, int from, int afterHeader, int body, int to) {
        int headerLength = afterHeader - from;
        int length = PREIMAGE_PREFIX.length + headerLength + to - body;
        if (preimage.length < length) {
            preimage = new byte[length];
        }
        System.arraycopy(PREIMAGE_PREFIX, 0, preimage, 0, PREIMAGE_PREFIX.length);
        System.arraycopy(bytes, from, preimage, PREIMAGE_PREFIX.length, headerLength);
        System.arraycopy(bytes, body, preimage, PREIMAGE_PREFIX.length + headerLength, to - body);
        return length;
    }

    // ---- decoding ---------------------------------------------------------------------------------------------

    /**
     * Decodes the first {@code length} bytes of {@code datagram}, which must not change before {@link #verify} has been
     * called. A signature must be present; it is not checked.
     *
     * @throws MalformedMessageException if the bytes are not a message
     */
    public Envelope decode(byte[] datagram, int length) throws MalformedMessageException {
        reader.reset(datagram, 0, length);
        input = datagram;
        try {
            return decodeOuter();
        } catch (CborException e) {
            throw new MalformedMessageException(MalformedMessageException.Reason.ENCODING, e.getMessage(), e.offset());
        }
    }

    /**
     * Returns true if the signature of the message decoded last is valid.
     *
     * @param decodedLast the result of the last call of {@link #decode}
     */
    public boolean verify(Envelope decodedLast) {
        int length = joinPreimage(input, headerFrom, headerTo, bodyFrom, bodyTo);
        return signatures.verify(decodedLast.senderKey(), preimage, 0, length, input, signatureAt);
    }

    private Envelope decodeOuter() throws CborException, MalformedMessageException {
        int keyAt = -1;
        signatureAt = -1;
        Optional<Header> header = Optional.empty();
        Optional<Message> message = Optional.empty();
        reader.beginMap();
        for (int key = reader.nextField(); key != END; key = reader.nextField()) {
            switch (key) {
                case 1 -> {
                    headerFrom = reader.position();
                    header = Optional.of(readHeader());
                    headerTo = reader.position();
                }
                case 2 -> {
                    // In canonical order the header comes first: if it was not read yet, it is missing.
                    bodyFrom = reader.position();
                    message =
                            Optional.of(BodyReader.read(reader, present(header).type()));
                    bodyTo = reader.position();
                }
                case 3 -> keyAt = reader.bytesOfLength(SignatureVerifier.PUBLIC_KEY_LENGTH);
                case 4 -> signatureAt = reader.bytesOfLength(SignatureVerifier.SIGNATURE_LENGTH);
                default -> reader.skip();
            }
        }
        reader.expectEnd();
        if (keyAt < 0 || signatureAt < 0) {
            throw incomplete();
        }
        Senders.Sender sender = senders.at(input, keyAt);
        return checkIdentity(
                new Envelope(present(header), present(message), sender.key(), sender.address(), sender.nodeId()));
    }

    private static <T> T present(Optional<T> field) throws CborException {
        if (field.isEmpty()) {
            throw incomplete();
        }
        return field.get();
    }

    private static CborException incomplete() {
        return new CborException("the message lacks one of the fields 1 to 4", 0);
    }

    /** Checks that the address in a PING or PONG is that of the key that signs it (wire.md 6.2, step 8). */
    private Envelope checkIdentity(Envelope envelope) throws MalformedMessageException {
        boolean consistent = switch (envelope.message()) {
            case Message.Ping(Address address) -> address.equals(envelope.sender());
            case Message.Pong(Address address, Endpoint ignored) -> address.equals(envelope.sender());
            default -> true;
        };
        if (!consistent) {
            throw new MalformedMessageException(
                    MalformedMessageException.Reason.IDENTITY,
                    "the address in the body is not that of the sender's key",
                    bodyFrom);
        }
        return envelope;
    }

    private Header readHeader() throws CborException, MalformedMessageException {
        int start = reader.position();
        int seen = 0;
        int version = 0;
        int features = 0;
        int typeCode = 0;
        int transactionAt = 0;
        reader.beginMap();
        for (int key = reader.nextField(); key != END; key = reader.nextField()) {
            if (key >= 1 && key <= 4) {
                seen++;
            }
            switch (key) {
                case 1 -> version = (int) reader.unsigned(0xff);
                case 2 -> features = (int) reader.unsigned(0xffff);
                case 3 -> typeCode = (int) reader.unsigned(0xff);
                case 4 -> transactionAt = reader.bytesOfLength(TransactionId.LENGTH);
                default -> reader.skip();
            }
        }
        if (seen != 4) {
            throw new CborException("the header lacks one of the fields 1 to 4", start);
        }
        Optional<MessageType> type = MessageType.ofCode(typeCode);
        if (type.isEmpty()) {
            throw new MalformedMessageException(
                    MalformedMessageException.Reason.TYPE, "unknown message type " + typeCode, start);
        }
        return new Header(version, features, type.get(), TransactionId.read(input, transactionAt));
    }
}
