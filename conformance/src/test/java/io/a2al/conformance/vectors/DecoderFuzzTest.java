package io.a2al.conformance.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.cbor.CborException;
import io.a2al.protocol.cbor.CborReader;
import io.a2al.protocol.cbor.CborValue;
import io.a2al.protocol.cbor.CborWriter;
import io.a2al.protocol.crypto.Ed25519;
import io.a2al.protocol.crypto.EncryptedIdentity;
import io.a2al.protocol.crypto.SignatureVerifier;
import io.a2al.protocol.crypto.Signer;
import io.a2al.protocol.crypto.WrongPassphraseException;
import io.a2al.protocol.delegation.DelegationProof;
import io.a2al.protocol.delegation.InvalidDelegationException;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.InvalidAddressException;
import io.a2al.protocol.mailbox.InvalidMailException;
import io.a2al.protocol.mailbox.MailboxFrame;
import io.a2al.protocol.mailbox.SealedMail;
import io.a2al.protocol.message.Envelope;
import io.a2al.protocol.message.MalformedMessageException;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.MessageCodec;
import io.a2al.protocol.record.AgentProfilePayload;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.InvalidRecordException;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.RecordVerifier;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.TopicPayload;
import io.a2al.protocol.record.VerifiedRecord;
import io.a2al.protocol.testing.Fixtures;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Feeds random bytes and mutated vectors to every decoder. A decoder must either throw its own exception or return a
 * value that is the same after it has been encoded and decoded again. The generators have fixed seeds, so failures are
 * reproducible.
 */
class DecoderFuzzTest {

    /** A decoder under test. Returns true if it accepted the input, after the round trip has been checked. */
    private interface Decoder {
        boolean accepts(Bytes input)
                throws CborException, InvalidRecordException, MalformedMessageException, InvalidDelegationException,
                        InvalidMailException, WrongPassphraseException;
    }

    private final MessageCodec codec = Fixtures.codec();
    private final List<MessageCodec> otherCodecs = Ed25519.available().stream()
            .skip(1)
            .map(library -> new MessageCodec(library.newVerifier()))
            .toList();
    private final RecordVerifier records = Fixtures.recordVerifier();
    private final Signer signer = Fixtures.A.newSigner();
    private final SignatureVerifier signatures = Ed25519.preferred().newVerifier();

    private List<Decoder> decoders() {
        return List.of(
                this::message,
                this::record,
                this::proof,
                DecoderFuzzTest::endpoint,
                DecoderFuzzTest::topic,
                input -> value(CborReader.lenient(input)),
                input -> value(CborReader.of(input)),
                DecoderFuzzTest::skip,
                DecoderFuzzTest::profile,
                DecoderFuzzTest::note,
                DecoderFuzzTest::frame);
    }

    /** Returns true if the decoder accepts the input. Exceptions other than the decoder's own ones fail the test. */
    private static boolean accepts(Decoder decoder, Bytes input) {
        try {
            return decoder.accepts(input);
        } catch (CborException
                | InvalidRecordException
                | MalformedMessageException
                | InvalidDelegationException
                | InvalidMailException
                | WrongPassphraseException
                | InvalidAddressException rejected) {
            return false;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            throw new AssertionError("rejected with the wrong exception: " + input, e);
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

    /** Accepts what can be decoded. All signature libraries must agree on whether the signature is valid. */
    private boolean message(Bytes input) throws MalformedMessageException {
        byte[] datagram = input.toArray();
        Envelope envelope = codec.decode(datagram, datagram.length);
        boolean signed = codec.verify(envelope);
        for (MessageCodec other : otherCodecs) {
            assertThat(other.verify(other.decode(datagram, datagram.length))).isEqualTo(signed);
        }
        boolean hasSenderAddress =
                envelope.message() instanceof Message.Ping || envelope.message() instanceof Message.Pong;
        if (hasSenderAddress && !envelope.sender().equals(Fixtures.A.address())) {
            // Only the sender can encode it again.
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

    private boolean proof(Bytes input) throws InvalidDelegationException {
        DelegationProof proof = DelegationProof.decode(input);
        // What is accepted in another encoding is written canonically.
        assertThat(DelegationProof.decode(proof.encode())).isEqualTo(proof);
        // Each well-formed proof can be verified without an exception.
        assertThat(proof.isSigned(signatures) && proof.isInForceAt(Fixtures.NOW))
                .isIn(true, false);
        return true;
    }

    private static boolean profile(Bytes input) throws InvalidRecordException {
        AgentProfilePayload payload = AgentProfilePayload.decode(input);
        // Encoding adds a missing version, so the result may be too long.
        if (payload.encode().length() <= AgentProfilePayload.MAX_LENGTH) {
            assertThat(AgentProfilePayload.decode(payload.encode())).isEqualTo(payload);
        }
        return true;
    }

    /** Opens the input as the payload of a note from A to B. */
    private static boolean note(Bytes input) throws InvalidMailException {
        SignedRecord record = SignedRecord.of(
                Fixtures.A.address(),
                RecordType.MAILBOX,
                Optional.of(input),
                1,
                Fixtures.NOW,
                60,
                Fixtures.A.publicKey(),
                Bytes.zeros(64),
                Optional.empty());
        assertThat(SealedMail.open(record, Fixtures.B.address(), Fixtures.B).sender())
                .isEqualTo(Fixtures.A.address());
        return true;
    }

    private static boolean frame(Bytes input) throws InvalidMailException {
        assertThat(MailboxFrame.decode(input).encode()).isEqualTo(input);
        return true;
    }

    private static boolean encryptedIdentity(Bytes input) throws WrongPassphraseException {
        EncryptedIdentity.open(input, new byte[0]);
        return true;
    }

    private static boolean address(Bytes input) {
        String text = new String(input.toArray(), StandardCharsets.UTF_8);
        Address address = Address.parse(text);
        assertThat(Address.parse(address.toString())).isEqualTo(address);
        return true;
    }

    private static boolean endpoint(Bytes input) throws InvalidRecordException {
        EndpointPayload payload = EndpointPayload.decode(input);
        assertThat(EndpointPayload.decode(payload.encode())).isEqualTo(payload);
        return true;
    }

    private static boolean topic(Bytes input) throws InvalidRecordException {
        TopicPayload payload = TopicPayload.decode(input);
        // Encoding adds missing fields, so the result may be too long.
        if (payload.encode().length() <= TopicPayload.MAX_LENGTH) {
            assertThat(TopicPayload.decode(payload.encode())).isEqualTo(payload);
        }
        return true;
    }

    private static boolean value(CborReader reader) throws CborException {
        CborValue value = reader.value();
        reader.expectEnd();
        CborWriter writer = new CborWriter(64);
        writer.value(value);
        assertThat(CborReader.of(writer.toBytes()).value()).isEqualTo(value);
        return true;
    }

    private static boolean skip(Bytes input) throws CborException {
        CborReader reader = CborReader.of(input);
        reader.skip();
        reader.expectEnd();
        // What can be skipped can also be read.
        assertThat(CborReader.lenient(input).value()).isNotNull();
        return true;
    }

    // ---- inputs -----------------------------------------------------------------------------------------------

    private static List<Bytes> vectors(VectorKind kind, String field) throws MalformedVectorException {
        List<Bytes> found = new ArrayList<>();
        for (Fields vector : BundledVectors.file(kind).cases()) {
            vector.optionalHex(field).ifPresent(found::add);
        }
        assertThat(found).as(kind.file()).isNotEmpty();
        return found;
    }

    private static List<Bytes> packets() throws MalformedVectorException {
        List<Bytes> packets = new ArrayList<>(vectors(VectorKind.MESSAGES, "packet"));
        packets.addAll(vectors(VectorKind.MESSAGES_V029, "packet"));
        packets.addAll(vectors(VectorKind.MESSAGES_INVALID, "packet"));
        return packets;
    }

    private static Bytes mutated(Bytes original, Random random) {
        byte[] bytes = original.toArray();
        for (int rounds = 1 + random.nextInt(2); rounds > 0 && bytes.length > 0; rounds--) {
            // Half of the mutations are near the beginning, where the structure of the rest is determined.
            int at = random.nextInt(random.nextBoolean() ? bytes.length : Math.min(bytes.length, 40));
            bytes = switch (random.nextInt(6)) {
                case 0 -> {
                    bytes[at] ^= (byte) (1 << random.nextInt(8));
                    yield bytes;
                }
                case 1 -> Arrays.copyOf(bytes, at);
                case 2 ->
                    splice(
                            bytes,
                            at,
                            at,
                            Fixtures.random(random, 1 + random.nextInt(4)).toArray());
                case 3 -> {
                    int to = Math.min(bytes.length, at + 1 + random.nextInt(40));
                    yield splice(bytes, at, at, Arrays.copyOfRange(bytes, at, to));
                }
                case 4 -> splice(bytes, at, Math.min(bytes.length, at + 1 + random.nextInt(9)), head(random));
                default -> {
                    // Often a length or a count, which becomes slightly wrong.
                    bytes[at] += (byte) (random.nextInt(5) - 2);
                    yield bytes;
                }
            };
        }
        return Bytes.copyOf(bytes);
    }

    /** Returns the head of a CBOR item with a random, often impossible, length. */
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

    private static byte[] splice(byte[] bytes, int from, int to, byte[] middle) {
        return Bytes.copyOfRange(bytes, 0, from)
                .concat(Bytes.copyOf(middle))
                .concat(Bytes.copyOfRange(bytes, to, bytes.length))
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
    void randomBytesAreRejectedOrSurviveARoundTrip() {
        Random random = new Random(1);
        List<Bytes> noise = new ArrayList<>();
        for (int i = 0; i < 4_000; i++) {
            byte[] bytes = Fixtures.random(random, random.nextInt(i % 10 == 0 ? 1_500 : 60))
                    .toArray();
            if (bytes.length > 0 && i % 2 == 0) {
                // Half of the inputs begin like a map or a list, so that the decoders read further.
                bytes[0] = (byte) (0x80 | random.nextInt(0x40));
            }
            noise.add(Bytes.copyOf(bytes));
        }
        int accepted = 0;
        for (Decoder decoder : decoders()) {
            accepted += acceptedOf(noise, decoder);
        }
        assertThat(accepted).as("short inputs that are valid by chance").isPositive();
        assertThat(acceptedOf(noise, this::message)).isZero();
        assertThat(acceptedOf(noise, this::record)).isZero();
    }

    @Test
    void mutatedMessagesAreRejectedOrSurviveARoundTrip() throws Exception {
        List<Bytes> packets = packets();
        assertThat(acceptedOf(packets, this::message)).as("unmodified inputs").isGreaterThan(100);
        assertThat(acceptedOf(mutations(packets, 12_000, 2), this::message)).isPositive();
    }

    @Test
    void mutatedRecordsAreRejectedOrSurviveARoundTrip() throws Exception {
        List<Bytes> encoded = vectors(VectorKind.RECORDS, "record_cbor");
        assertThat(acceptedOf(encoded, this::record)).as("unmodified inputs").isGreaterThan(40);
        assertThat(acceptedOf(mutations(encoded, 6_000, 3), this::record)).isPositive();
    }

    @Test
    void mutatedProofsAreRejectedOrSurviveARoundTrip() throws Exception {
        List<Bytes> proofs = vectors(VectorKind.DELEGATION, "proof_cbor");
        assertThat(acceptedOf(proofs, this::proof)).as("unmodified inputs").isGreaterThan(100);
        assertThat(acceptedOf(mutations(proofs, 6_000, 4), this::proof)).isPositive();
    }

    @Test
    void mutatedPayloadsAreRejectedOrSurviveARoundTrip() throws Exception {
        List<Bytes> payloads = mutations(vectors(VectorKind.RECORDS, "payload"), 12_000, 5);
        for (Decoder decoder : decoders().subList(3, 8)) {
            assertThat(acceptedOf(payloads, decoder)).isPositive();
        }
    }

    @Test
    void everyDecoderHandlesTheInputsOfAllOthers() throws Exception {
        List<Bytes> inputs = new ArrayList<>(packets());
        inputs.addAll(vectors(VectorKind.RECORDS, "record_cbor"));
        inputs.addAll(vectors(VectorKind.DELEGATION, "proof_cbor"));
        inputs.addAll(vectors(VectorKind.RECORDS, "payload"));
        for (Decoder decoder : decoders().subList(0, 9)) {
            assertThat(acceptedOf(inputs, decoder)).isBetween(1, inputs.size() - 1);
        }
        assertThat(acceptedOf(inputs, DecoderFuzzTest::note)).isZero();
        assertThat(acceptedOf(inputs, DecoderFuzzTest::frame)).isZero();
    }

    @Test
    void mutatedNotesAreRejectedExceptInRareCases() throws Exception {
        List<Bytes> notes = new ArrayList<>();
        for (int length : new int[] {0, 1, 100, SealedMail.MAX_BODY}) {
            notes.add(SealedMail.seal(
                    Fixtures.A.address(),
                    Fixtures.B.address(),
                    Fixtures.B.publicKey(),
                    3,
                    Bytes.zeros(length),
                    Fixtures.secureRandom(length)));
        }
        assertThat(acceptedOf(notes, DecoderFuzzTest::note)).isEqualTo(notes.size());
        // A mutated note cannot be opened, except where the mutations cancel out or leave the content unchanged.
        assertThat(acceptedOf(mutations(notes, 3_000, 6), DecoderFuzzTest::note))
                .isLessThan(60);
        for (Bytes encoded : vectors(VectorKind.MAILBOX, "record_cbor")) {
            SignedRecord record = SignedRecord.decode(encoded);
            notes.add(record.payload().orElseThrow());
        }
        assertThat(acceptedOf(mutations(notes, 3_000, 7), DecoderFuzzTest::note))
                .isLessThan(60);
    }

    @Test
    void mutatedFramesAreRejectedOrSurviveARoundTrip() throws Exception {
        List<Bytes> frames = vectors(VectorKind.EXTRAS, "frame");
        assertThat(acceptedOf(frames, DecoderFuzzTest::frame)).isEqualTo(frames.size());
        assertThat(acceptedOf(mutations(frames, 4_000, 8), DecoderFuzzTest::frame))
                .isPositive();
    }

    @Test
    void mutatedProfilesAreRejectedOrSurviveARoundTrip() throws Exception {
        List<Bytes> profiles = vectors(VectorKind.EXTRAS, "payload_cbor");
        assertThat(acceptedOf(mutations(profiles, 4_000, 9), DecoderFuzzTest::profile))
                .isPositive();
    }

    /** Few inputs are well-formed, since each of those costs as much computation as a valid one. */
    @Test
    void mutatedIdentitiesAreRejected() throws Exception {
        Bytes blob = vectors(VectorKind.KEYSTORE, "blob").getFirst();
        List<Bytes> inputs = new ArrayList<>();
        for (int length = 0; length < blob.length(); length++) {
            inputs.add(blob.slice(0, length));
        }
        for (int bit = 0; bit < 8 * 7; bit++) {
            byte[] bytes = blob.toArray();
            bytes[bit / 8] ^= (byte) (1 << (bit % 8));
            inputs.add(Bytes.copyOf(bytes));
        }
        Random random = new Random(10);
        for (int i = 0; i < 1_000; i++) {
            inputs.add(Fixtures.random(random, random.nextInt(200)));
        }
        inputs.add(blob.slice(0, 7).concat(Fixtures.random(random, EncryptedIdentity.LENGTH - 7)));
        assertThat(acceptedOf(inputs, DecoderFuzzTest::encryptedIdentity)).isZero();
    }

    private static Bytes utf8(String text) {
        return Bytes.copyOf(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void randomAddressesAreRejectedOrSurviveARoundTrip() {
        Random random = new Random(11);
        List<Bytes> texts = new ArrayList<>();
        List<String> beginnings = List.of("", "0x", "0X", "bc1", "PR1", "BC1", "1", "a0", "A2", " ");
        // Digits of all address families, and characters whose other case is longer or is an ASCII character.
        String characters = "0123456789abcdefABCDEFqpzry9x8gfQPZRY9X8GFxX \u00a0\u212a\u0130\u017f\uff11\ud800\u00df";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder(beginnings.get(i % beginnings.size()));
            int length = random.nextInt(4) == 0 ? random.nextInt(120) : 42;
            while (text.length() < length) {
                text.append(characters.charAt(random.nextInt(random.nextInt(9) == 0 ? characters.length() : 16)));
            }
            texts.add(utf8(text.toString()));
            texts.add(Fixtures.random(random, random.nextInt(50)));
        }
        assertThat(acceptedOf(texts, DecoderFuzzTest::address)).isPositive();
    }

    @Test
    void mutatedAddressesAreRejectedOrSurviveARoundTrip() throws Exception {
        List<Bytes> texts = new ArrayList<>();
        for (Fields vector : BundledVectors.file(VectorKind.ADDRESSES).cases()) {
            texts.add(utf8(vector.text(vector.has("input") ? "input" : "display")));
        }
        assertThat(acceptedOf(texts, DecoderFuzzTest::address)).isGreaterThan(60);
        assertThat(acceptedOf(mutations(texts, 10_000, 12), DecoderFuzzTest::address))
                .isPositive();
    }
}
