package io.a2al.http.fuzz;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.cbor.CborException;
import io.a2al.protocol.cbor.CborReader;
import io.a2al.protocol.cbor.CborValue;
import io.a2al.protocol.cbor.CborWriter;
import io.a2al.protocol.crypto.Ed25519;
import io.a2al.protocol.crypto.Signer;
import io.a2al.protocol.message.Envelope;
import io.a2al.protocol.message.MalformedMessageException;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.MessageCodec;
import java.util.Arrays;

/**
 * The input is a datagram, and a CBOR item. Either is refused with the decoder's own exception, or it is the same after
 * it has been encoded and decoded again; what the strict reader accepts, it accepts in one encoding only.
 */
public final class DecoderTarget {

    private static final MessageCodec CODEC =
            new MessageCodec(Ed25519.preferred().newVerifier());
    private static final Signer SIGNER = Seeds.SENDER.newSigner();

    private DecoderTarget() {}

    /** Checks one input. */
    public static void fuzzerTestOneInput(byte[] input) throws CborException, MalformedMessageException {
        item(Bytes.copyOf(input));
        Envelope envelope;
        try {
            envelope = CODEC.decode(input, input.length);
        } catch (MalformedMessageException refused) {
            return;
        }
        boolean signed = CODEC.verify(envelope);
        boolean ofItsSender = envelope.message() instanceof Message.Ping || envelope.message() instanceof Message.Pong;
        if (ofItsSender && !envelope.senderKey().equals(Seeds.SENDER.publicKey())) {
            // Only the sender can encode it again.
            return;
        }
        Bytes encoded = CODEC.encodeToBytes(envelope.header(), envelope.message(), SIGNER);
        Envelope again = CODEC.decode(encoded.toArray(), encoded.length());
        Check.equal(again.header(), envelope.header());
        Check.equal(again.message(), envelope.message());
        Check.that(CODEC.verify(again), "an encoded message has a valid signature");
        if (signed) {
            // The last byte belongs to the signature, or else to padding, which is not signed.
            byte[] changed = Arrays.copyOf(encoded.toArray(), encoded.length());
            changed[changed.length - 1] ^= 1;
            Check.that(
                    !CODEC.verify(CODEC.decode(changed, changed.length)), "a signature with another bit is not valid");
        }
    }

    private static void item(Bytes input) throws CborException {
        CborValue value;
        try {
            CborReader reader = CborReader.lenient(input);
            value = reader.value();
            reader.expectEnd();
        } catch (CborException refused) {
            Check.that(!isStrict(input), "the lenient reader accepts what the strict one does");
            return;
        }
        CborWriter writer = new CborWriter(64);
        writer.value(value);
        Check.equal(CborReader.of(writer.toBytes()).value(), value);
    }

    private static boolean isStrict(Bytes input) {
        try {
            CborReader reader = CborReader.of(input);
            reader.value();
            reader.expectEnd();
            return true;
        } catch (CborException refused) {
            return false;
        }
    }
}
