package io.a2al.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.a2al.protocol.cbor.CborException;
import io.a2al.protocol.cbor.CborReader;
import io.a2al.protocol.cbor.CborValue;
import io.a2al.protocol.cbor.CborWriter;
import io.a2al.protocol.crypto.Ed25519;
import io.a2al.protocol.crypto.Signer;
import io.a2al.protocol.delegation.DelegationProof;
import io.a2al.protocol.message.Envelope;
import io.a2al.protocol.message.MalformedMessageException;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.MessageCodec;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.InvalidRecordException;
import io.a2al.protocol.record.RecordVerifier;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.TopicPayload;
import io.a2al.protocol.record.VerifiedRecord;
import io.a2al.protocol.testing.Fixtures;
import io.a2al.protocol.testing.Vectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Feeds every decoder with noise and with damaged vectors: each must answer with its own exception or with a value that
 * survives being encoded and decoded again. The generators are seeded, so that a failure happens again.
 */
class DecoderFuzzTest {

    /** One decoder: true if it accepted the input and the value survived. */
    private interface Decoder {
        boolean accepts(Bytes input) throws CborException, InvalidRecordException, MalformedMessageException;
    }

    private final MessageCodec codec = Fixtures.codec();
    private final List<MessageCodec> others = Ed25519.available().stream()
            .skip(1)
            .map(library -> new MessageCodec(library.newVerifier()))
            .toList();
    private final RecordVerifier records = Fixtures.recordVerifier();
    private final Signer signer = Fixtures.A.newSigner();

    private List<Decoder> decoders() {
        return List.of(
                this::message,
                this::record,
                DecoderFuzzTest::proof,
                DecoderFuzzTest::endpoint,
                DecoderFuzzTest::topic,
                input -> value(input, CborReader.KeyOrder.ANY),
                input -> value(input, CborReader.KeyOrder.CANONICAL),
                DecoderFuzzTest::skip);
    }

    /** True if the decoder accepted the input; anything but its own exceptions fails the test. */
    private static boolean accepts(Decoder decoder, Bytes input) {
        try {
            return decoder.accepts(input);
        } catch (CborException | InvalidRecordException | MalformedMessageException refused) {
            return false;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            throw new AssertionError("not refused properly: " + input, e);
        }
    }

    private static int acceptedOf(Iterable<Bytes> inputs, Decoder decoder) {
        int accepted = 0;
        for (Bytes input : inputs) {
            accepted += accepts(decoder, input) ? 1 : 0;
        }
        return accepted;
    }

    // ---- decoders ---------------------------------------------------------------------------------------------

    /** Accepted means decoded; whether the signature holds is for all libraries to say alike. */
    private boolean message(Bytes input) throws MalformedMessageException {
        byte[] datagram = input.toArray();
        Envelope envelope = codec.decode(datagram, datagram.length);
        boolean signed = codec.verify(envelope);
        for (MessageCodec other : others) {
            assertThat(other.verify(other.decode(datagram, datagram.length))).isEqualTo(signed);
        }
        boolean namesItsSender =
                envelope.message() instanceof Message.Ping || envelope.message() instanceof Message.Pong;
        if (namesItsSender && !envelope.sender().equals(Fixtures.A.address())) {
            // Nobody but the sender can encode it again.
            return true;
        }
        Bytes encoded = codec.encodeToBytes(envelope.header(), envelope.message(), signer);
        Envelope again = codec.decode(encoded.toArray(), encoded.length());
        assertThat(again.header()).isEqualTo(envelope.header());
        assertThat(again.message()).isEqualTo(envelope.message());
        assertThat(codec.verify(again)).isTrue();
        return true;
    }

    private boolean record(Bytes input) throws CborException, InvalidRecordException {
        SignedRecord record = SignedRecord.decode(input);
        assertThat(SignedRecord.decode(record.encoded())).isEqualTo(record);
        assertThat(SignedRecord.of(
                        record.address(),
                        record.type(),
                        record.payload(),
                        record.sequence(),
                        record.timestamp(),
                        record.ttl(),
                        record.publicKey(),
                        record.signature(),
                        record.delegation()))
                .isEqualTo(record);
        VerifiedRecord verified = records.verify(record);
        assertThat(records.verify(verified.record())).isEqualTo(verified);
        return true;
    }

    private static boolean proof(Bytes input) throws CborException {
        assertThat(DelegationProof.decode(input).encode()).isEqualTo(input);
        return true;
    }

    private static boolean endpoint(Bytes input) throws InvalidRecordException {
        EndpointPayload payload = EndpointPayload.decode(input);
        assertThat(EndpointPayload.decode(payload.encode())).isEqualTo(payload);
        return true;
    }

    private static boolean topic(Bytes input) throws InvalidRecordException {
        TopicPayload payload = TopicPayload.decode(input);
        // Fields that were missing are written, so that the encoding may be too long.
        if (payload.encode().length() <= TopicPayload.MAX_LENGTH) {
            assertThat(TopicPayload.decode(payload.encode())).isEqualTo(payload);
        }
        return true;
    }

    private static boolean value(Bytes input, CborReader.KeyOrder order) throws CborException {
        CborReader reader = CborReader.of(input, order);
        CborValue value = reader.value();
        reader.expectEnd();
        CborWriter writer = new CborWriter(64);
        writer.value(value);
        assertThat(CborReader.of(writer.toBytes(), order).value()).isEqualTo(value);
        return true;
    }

    private static boolean skip(Bytes input) throws CborException {
        CborReader reader = CborReader.of(input, CborReader.KeyOrder.CANONICAL);
        reader.skip();
        reader.expectEnd();
        // Whatever can be skipped can be read, too.
        assertThat(CborReader.of(input, CborReader.KeyOrder.ANY).value()).isNotNull();
        return true;
    }

    // ---- inputs -----------------------------------------------------------------------------------------------

    private static List<Bytes> vectors(String file, String field) {
        List<Bytes> found = new ArrayList<>();
        for (JsonNode vector : Vectors.load(file).cases()) {
            Vectors.optionalHex(vector, field).ifPresent(found::add);
        }
        assertThat(found).as(file).isNotEmpty();
        return found;
    }

    private static List<Bytes> packets() {
        List<Bytes> packets = new ArrayList<>(vectors("messages.json", "packet"));
        packets.addAll(vectors("messages_v029.json", "packet"));
        packets.addAll(vectors("messages_invalid.json", "packet"));
        return packets;
    }

    private static Bytes mutated(Bytes original, Random random) {
        byte[] octets = original.toArray();
        for (int rounds = 1 + random.nextInt(2); rounds > 0 && octets.length > 0; rounds--) {
            // Faults near the beginning are the ones that reach furthest.
            int at = random.nextInt(random.nextBoolean() ? octets.length : Math.min(octets.length, 40));
            octets = switch (random.nextInt(6)) {
                case 0 -> {
                    octets[at] ^= (byte) (1 << random.nextInt(8));
                    yield octets;
                }
                case 1 -> Arrays.copyOf(octets, at);
                case 2 ->
                    splice(
                            octets,
                            at,
                            at,
                            Fixtures.random(random, 1 + random.nextInt(4)).toArray());
                case 3 -> {
                    int to = Math.min(octets.length, at + 1 + random.nextInt(40));
                    yield splice(octets, at, at, Arrays.copyOfRange(octets, at, to));
                }
                case 4 -> splice(octets, at, Math.min(octets.length, at + 1 + random.nextInt(9)), head(random));
                default -> {
                    // A length or a count that is off by a little.
                    octets[at] += (byte) (random.nextInt(5) - 2);
                    yield octets;
                }
            };
        }
        return Bytes.copyOf(octets);
    }

    /** The head of some item that claims some length, often an impossible one. */
    private static byte[] head(Random random) {
        int majorType = random.nextInt(8) << 5;
        int info = 24 + random.nextInt(4);
        byte[] head = Fixtures.random(random, 1 + (1 << (info - 24))).toArray();
        head[0] = (byte) (majorType | info);
        if (random.nextBoolean()) {
            Arrays.fill(head, 1, head.length, (byte) 0xff);
        }
        return head;
    }

    private static byte[] splice(byte[] octets, int from, int to, byte[] middle) {
        return Bytes.copyOfRange(octets, 0, from)
                .concat(Bytes.copyOf(middle))
                .concat(Bytes.copyOfRange(octets, to, octets.length))
                .toArray();
    }

    private static List<Bytes> mutations(List<Bytes> originals, int count, int seed) {
        Random random = new Random(seed);
        List<Bytes> mutations = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            mutations.add(mutated(originals.get(i % originals.size()), random));
        }
        return mutations;
    }

    // ---- tests ------------------------------------------------------------------------------------------------

    @Test
    void noiseIsRefusedByEveryDecoder() {
        Random random = new Random(1);
        List<Bytes> noise = new ArrayList<>();
        for (int i = 0; i < 4_000; i++) {
            byte[] octets = Fixtures.random(random, random.nextInt(i % 10 == 0 ? 1_500 : 60))
                    .toArray();
            if (octets.length > 0 && i % 2 == 0) {
                // Half of it begins like a map or a list, so that something is read.
                octets[0] = (byte) (0x80 | random.nextInt(0x40));
            }
            noise.add(Bytes.copyOf(octets));
        }
        int accepted = 0;
        for (Decoder decoder : decoders()) {
            accepted += acceptedOf(noise, decoder);
        }
        assertThat(accepted).as("short items that happen to be right").isPositive();
        assertThat(acceptedOf(noise, this::message)).isZero();
        assertThat(acceptedOf(noise, this::record)).isZero();
    }

    @Test
    void damagedMessagesAreRefusedOrUnderstood() {
        List<Bytes> packets = packets();
        assertThat(acceptedOf(packets, this::message)).as("undamaged ones").isGreaterThan(100);
        assertThat(acceptedOf(mutations(packets, 12_000, 2), this::message)).isPositive();
    }

    @Test
    void damagedRecordsAreRefusedOrUnderstood() {
        List<Bytes> encoded = vectors("records.json", "record_cbor");
        assertThat(acceptedOf(encoded, this::record)).as("undamaged ones").isGreaterThan(40);
        assertThat(acceptedOf(mutations(encoded, 6_000, 3), this::record)).isPositive();
    }

    @Test
    void damagedProofsAreRefusedOrUnderstood() {
        List<Bytes> proofs = vectors("delegation.json", "proof_cbor");
        assertThat(acceptedOf(mutations(proofs, 6_000, 4), DecoderFuzzTest::proof))
                .isPositive();
    }

    @Test
    void damagedPayloadsAreRefusedOrUnderstood() {
        List<Bytes> payloads = mutations(vectors("records.json", "payload"), 12_000, 5);
        for (Decoder decoder : decoders().subList(3, 8)) {
            assertThat(acceptedOf(payloads, decoder)).isPositive();
        }
    }

    @Test
    void anyDecoderTakesTheInputOfAnyOther() {
        List<Bytes> inputs = new ArrayList<>(packets());
        inputs.addAll(vectors("records.json", "record_cbor"));
        inputs.addAll(vectors("delegation.json", "proof_cbor"));
        inputs.addAll(vectors("records.json", "payload"));
        for (Decoder decoder : decoders()) {
            assertThat(acceptedOf(inputs, decoder)).isBetween(1, inputs.size() - 1);
        }
    }
}
