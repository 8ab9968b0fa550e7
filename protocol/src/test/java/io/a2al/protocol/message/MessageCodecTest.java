package io.a2al.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.cbor.CborReader;
import io.a2al.protocol.cbor.CborValue;
import io.a2al.protocol.cbor.CborWriter;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.id.Sha256;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.NatType;
import io.a2al.protocol.record.RecordSigner;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.testing.Fixtures;
import io.a2al.protocol.testing.TestResources;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MessageCodecTest {

    private static final TransactionId TRANSACTION = TransactionId.of(Fixtures.consecutive(0xa0, 20));

    private final MessageCodec codec = Fixtures.codec();

    private Bytes encode(Identity sender, Message message) {
        return codec.encodeToBytes(Header.of(message.type(), TRANSACTION), message, sender.newSigner());
    }

    private Bytes encodePadded(Message message, int length) {
        int encoded = codec.encode(Header.of(message.type(), TRANSACTION), message, Fixtures.A.newSigner(), length);
        return Bytes.copyOfRange(codec.buffer(), 0, encoded);
    }

    private Envelope decode(Bytes packet) throws MalformedMessageException {
        return codec.decode(packet.toArray(), packet.length());
    }

    private void assertMalformed(Bytes packet, MalformedMessageException.Reason reason) {
        assertThatThrownBy(() -> decode(packet)).isInstanceOfSatisfying(MalformedMessageException.class, e -> {
            assertThat(e.reason()).isEqualTo(reason);
            assertThat(e.getStackTrace()).isEmpty();
            assertThat(e.offset()).isBetween(0, packet.length());
        });
    }

    // ---- the specification's examples -------------------------------------------------------------------------

    private record Example(Identity sender, Message message) {}

    private static Map<String, Example> examples() throws Exception {
        Endpoint observed = Fixtures.observed();
        NodeId idA = Fixtures.A.nodeId();
        NodeId idB = Fixtures.B.nodeId();
        Bytes token = Fixtures.consecutive(1, 8);
        SignedRecord record = RecordSigner.self(Fixtures.A.newSigner())
                .sign(
                        EndpointPayload.of(List.of("quic://203.0.113.7:4121")).withNatType(NatType.FULL_CONE),
                        7,
                        1_700_000_000L,
                        3600);
        Bytes messageId =
                Bytes.copyOf(Sha256.hash(record.payload().orElseThrow().toArray()));
        Map<String, Example> examples = new LinkedHashMap<>();
        examples.put("ping", new Example(Fixtures.A, new Message.Ping(Fixtures.A.address())));
        examples.put("pong", new Example(Fixtures.B, new Message.Pong(Fixtures.B.address(), observed)));
        examples.put("find-node", new Example(Fixtures.A, new Message.FindNode(idA)));
        examples.put(
                "find-node-response-null",
                new Example(Fixtures.B, new Message.FindNodeResponse(Optional.empty(), observed)));
        Contact contact = Contact.of(Fixtures.A.address(), Fixtures.ipv4("c6336409", 4121));
        examples.put(
                "find-node-response-one-node",
                new Example(Fixtures.B, new Message.FindNodeResponse(Optional.of(List.of(contact)), observed)));
        examples.put("find-value-any", new Example(Fixtures.A, new Message.FindValue(idB, 0, false)));
        examples.put("find-value-endpoint", new Example(Fixtures.A, new Message.FindValue(idB, 1, false)));
        examples.put("store", new Example(Fixtures.A, new Message.Store(record, Optional.empty())));
        examples.put("store-response", new Example(Fixtures.B, Message.StoreResponse.of(true)));
        examples.put(
                "find-value-response",
                new Example(
                        Fixtures.B,
                        new Message.FindValueResponse(
                                Optional.of(List.of()), Optional.empty(), observed, List.of(record))));
        examples.put("nat-probe-request", new Example(Fixtures.A, new Message.NatProbeRequest(token, observed)));
        examples.put("nat-probe-echo", new Example(Fixtures.B, new Message.NatProbeEcho(token)));
        examples.put("find-value-subscribe", new Example(Fixtures.A, new Message.FindValue(idB, 0x80, true)));
        examples.put("store-response-already-had", new Example(Fixtures.B, new Message.StoreResponse(true, true, 0)));
        examples.put(
                "store-response-invalid",
                new Example(Fixtures.B, new Message.StoreResponse(false, false, Message.StoreResponse.REASON_INVALID)));
        examples.put("push-ack", new Example(Fixtures.A, new Message.PushAck(idA, messageId, true)));
        return examples;
    }

    private static Map<String, Bytes> datagrams() {
        Map<String, Bytes> datagrams = new LinkedHashMap<>();
        TestResources.text("wire-examples.txt")
                .lines()
                .filter(line -> !line.startsWith("#"))
                .forEach(line -> {
                    int space = line.indexOf(' ');
                    datagrams.put(line.substring(0, space), Bytes.fromHex(line.substring(space + 1)));
                });
        return datagrams;
    }

    @Test
    void theSpecificationsExamplesAreEncodedAndDecodedByteForByte() throws Exception {
        Map<String, Example> examples = examples();
        Map<String, Bytes> datagrams = datagrams();
        assertThat(datagrams).hasSize(16).containsOnlyKeys(examples.keySet());
        for (Map.Entry<String, Bytes> datagram : datagrams.entrySet()) {
            Example example =
                    Optional.ofNullable(examples.get(datagram.getKey())).orElseThrow();
            assertThat(encode(example.sender(), example.message()))
                    .as(datagram.getKey())
                    .isEqualTo(datagram.getValue());
            Envelope envelope = decode(datagram.getValue());
            assertThat(codec.verify(envelope)).as(datagram.getKey()).isTrue();
            assertThat(envelope)
                    .isEqualTo(Envelope.of(
                            Header.of(example.message().type(), TRANSACTION),
                            example.message(),
                            example.sender().publicKey()));
        }
    }

    @Test
    void theSizesOfTheSpecification() throws Exception {
        Map<String, Integer> sizes = new LinkedHashMap<>();
        examples()
                .forEach((name, example) -> sizes.put(
                        name, encode(example.sender(), example.message()).length()));
        assertThat(sizes)
                .containsEntry("ping", 158)
                .containsEntry("pong", 166)
                .containsEntry("find-node", 170)
                .containsEntry("find-value-any", 170)
                .containsEntry("find-value-endpoint", 172);
        assertThat(encode(Fixtures.B, new Message.Pong(Fixtures.B.address(), Fixtures.ipv6(1, 1)))
                        .length())
                .isEqualTo(178);
        assertThat(encode(Fixtures.A, new Message.FindValue(NodeId.ZERO, 0x80, false))
                        .length())
                .isEqualTo(173);
    }

    // ---- the specification's malformed variants ---------------------------------------------------------------

    private static Bytes replace(Bytes packet, String from, String to) {
        String hex = packet.toHex();
        assertThat(hex).containsOnlyOnce(from);
        return Bytes.fromHex(hex.replace(from, to));
    }

    @Test
    void anAddressInTheBodyThatIsNotTheSendersIsMalformed() {
        Bytes other = encode(Fixtures.A, new Message.Ping(Fixtures.B.address()));
        assertMalformed(other, MalformedMessageException.Reason.IDENTITY);
        Bytes pong = encode(Fixtures.A, new Message.Pong(Fixtures.B.address(), Fixtures.observed()));
        assertMalformed(pong, MalformedMessageException.Reason.IDENTITY);
    }

    @Test
    void unknownTypesAreMalformed() {
        Bytes ping = encode(Fixtures.A, new Message.Ping(Fixtures.A.address()));
        for (String type : List.of("00", "0d", "18ff")) {
            assertMalformed(replace(ping, "0200030104", "020003" + type + "04"), MalformedMessageException.Reason.TYPE);
        }
    }

    @Test
    void aShortTransactionIdIsMalformed() {
        Bytes ping = encode(Fixtures.A, new Message.Ping(Fixtures.A.address()));
        assertMalformed(replace(ping, "0454a0a1", "0453a1"), MalformedMessageException.Reason.ENCODING);
    }

    @Test
    void theSignatureCoversHeaderAndBodyAndNothingElse() throws Exception {
        Bytes packet = encode(Fixtures.A, new Message.FindNode(Fixtures.B.nodeId()));
        int bodyEnd = packet.length() - 102;
        for (int at = 0; at < packet.length(); at++) {
            byte[] changed = packet.toArray();
            changed[at] ^= 1;
            boolean accepted;
            try {
                accepted = codec.verify(codec.decode(changed, changed.length));
            } catch (MalformedMessageException e) {
                accepted = false;
            }
            assertThat(accepted).as("byte %s of %s", at, packet).isFalse();
        }
        // An unknown field of the outer map is not signed and does no harm.
        Bytes extended =
                Bytes.fromHex("a5").concat(packet.slice(1, packet.length())).concat(Bytes.fromHex("05a0"));
        assertThat(codec.verify(decode(extended))).isTrue();
        assertThat(packet.slice(bodyEnd, bodyEnd + 3).toHex()).isEqualTo("035820");
    }

    @Test
    void aPaddedMessageHasTheWantedLengthAndTheSameSignedBytes() throws Exception {
        Message.FindNode question = new Message.FindNode(Fixtures.B.nodeId());
        Bytes plain = encode(Fixtures.A, question);
        for (int wanted = 0; wanted <= MessageCodec.MAX_DATAGRAM; wanted++) {
            Bytes padded = encodePadded(question, wanted);
            int missing = wanted - plain.length();
            boolean impossible = missing == 1 || missing == 26 || missing == 259;
            assertThat(padded.length())
                    .as("length %s", wanted)
                    .isEqualTo(Math.max(plain.length(), impossible ? wanted - 1 : wanted));
            assertThat(padded.slice(1, plain.length())).isEqualTo(plain.slice(1, plain.length()));
            Envelope decoded = decode(padded);
            assertThat(decoded.message()).isEqualTo(question);
            assertThat(codec.verify(decoded)).isTrue();
        }
        assertThat(encodePadded(question, plain.length() + 5).toHex())
                .startsWith("a5")
                .endsWith("0543000000");
        assertThat(encodePadded(question, 5000).length()).isEqualTo(MessageCodec.MAX_DATAGRAM);
        assertThat(encode(Fixtures.A, question)).isEqualTo(plain);
    }

    @Test
    void unknownFieldsOfANewerGenerationAreIgnoredAndSigned() throws Exception {
        // FIND_NODE with a body field 9, signed as sent.
        Bytes plain = encode(Fixtures.A, new Message.FindNode(Fixtures.B.nodeId()));
        Bytes header = plain.slice(2, plain.length() - 102 - 1 - 36);
        Bytes body = Bytes.fromHex("a2015820")
                .concat(Fixtures.B.nodeId().toBytes())
                .concat(Bytes.fromHex("0982f5" + "f93c00"));
        Bytes signature = Fixtures.A
                .newSigner()
                .sign(Bytes.fromHex("6132616c2d6d736700").concat(header).concat(body));
        Bytes packet = Bytes.fromHex("a401")
                .concat(header)
                .concat(Bytes.fromHex("02"))
                .concat(body)
                .concat(Bytes.fromHex("035820"))
                .concat(Fixtures.A.publicKey())
                .concat(Bytes.fromHex("045840"))
                .concat(signature);
        Envelope envelope = decode(packet);
        assertThat(envelope.message()).isEqualTo(new Message.FindNode(Fixtures.B.nodeId()));
        assertThat(codec.verify(envelope)).isTrue();
    }

    /** The parts of a datagram of ours: a map with four fields, and a header that always has the same length. */
    private record Parts(Bytes header, Bytes body, Bytes keyAndSignature) {

        static Parts of(Bytes datagram) {
            int bodyEnd = datagram.length() - 102;
            return new Parts(
                    datagram.slice(2, 31), datagram.slice(32, bodyEnd), datagram.slice(bodyEnd, datagram.length()));
        }

        Bytes datagram() {
            return Bytes.fromHex("a401")
                    .concat(header)
                    .concat(Bytes.fromHex("02"))
                    .concat(body)
                    .concat(keyAndSignature);
        }

        Parts with(Bytes otherBody) {
            return new Parts(header, otherBody, keyAndSignature);
        }
    }

    /** Returns a map with one field more, whose key comes after all others. */
    private static Bytes withFieldOfANewerVersion(Bytes map) {
        return Bytes.fromHex("%02x".formatted(map.at(0) + 1))
                .concat(map.slice(1, map.length()))
                .concat(Bytes.fromHex("1782f500"));
    }

    private static Map<String, Message> everyMessage() throws Exception {
        Map<String, Message> messages = new LinkedHashMap<>();
        examples().forEach((name, example) -> messages.put(name, example.message()));
        SignedRecord record = RecordSigner.self(Fixtures.A.newSigner()).sign(3, Bytes.EMPTY, 1, 1, 1);
        messages.put("push", new Message.Push(Fixtures.A.nodeId(), record));
        messages.put("store at a key", new Message.Store(record, Optional.of(Fixtures.B.nodeId())));
        messages.put(
                "find-value-response of the older version",
                new Message.FindValueResponse(
                        Optional.of(List.of()), Optional.of(record), Fixtures.observed(), List.of()));
        return messages;
    }

    private Bytes encodeFromItsSender(Message message) {
        return encode(message instanceof Message.Pong ? Fixtures.B : Fixtures.A, message);
    }

    @Test
    void unknownFieldsOfAnyBodyOrHeaderAreIgnored() throws Exception {
        for (Map.Entry<String, Message> entry : everyMessage().entrySet()) {
            Parts parts = Parts.of(encodeFromItsSender(entry.getValue()));
            Bytes extended = new Parts(
                            withFieldOfANewerVersion(parts.header()),
                            withFieldOfANewerVersion(parts.body()),
                            parts.keyAndSignature())
                    .datagram();
            assertThat(decode(extended).message()).as(entry.getKey()).isEqualTo(entry.getValue());
        }
    }

    /** The fields that wire.md section 7 does not call optional. */
    private static Set<Integer> mandatoryFields(MessageType type) {
        return switch (type) {
            case PING, FIND_NODE, FIND_VALUE, STORE, STORE_RESPONSE, NAT_PROBE_ECHO -> Set.of(1);
            case PONG, FIND_NODE_RESPONSE, NAT_PROBE_REQUEST, PUSH, PUSH_ACK -> Set.of(1, 2);
            case FIND_VALUE_RESPONSE -> Set.of(1, 3);
        };
    }

    @Test
    void aBodyWithoutAMandatoryFieldIsMalformedAndOneWithoutAnOptionalFieldIsNot() throws Exception {
        for (Map.Entry<String, Message> entry : everyMessage().entrySet()) {
            Parts parts = Parts.of(encodeFromItsSender(entry.getValue()));
            CborValue.Dictionary body =
                    (CborValue.Dictionary) CborReader.of(parts.body()).value();
            for (CborValue field : body.entries().keySet()) {
                Map<CborValue, CborValue> fewer = new HashMap<>(body.entries());
                fewer.remove(field);
                CborWriter writer = new CborWriter(1200);
                writer.value(new CborValue.Dictionary(fewer));
                Bytes packet = parts.with(writer.toBytes()).datagram();
                int number = ((CborValue.Int) field).value().intValue();
                MessageType type = entry.getValue().type();
                if (mandatoryFields(type).contains(number)) {
                    assertMalformed(packet, MalformedMessageException.Reason.ENCODING);
                    assertThatThrownBy(() -> decode(packet))
                            .as("%s without field %d", entry.getKey(), number)
                            .hasMessage("the body lacks a field");
                } else {
                    assertThat(decode(packet).message().type()).isEqualTo(type);
                }
            }
        }
    }

    @Test
    void theKeyOfAStoreIsAbsentIfNullOrEmptyAndElseHas32Bytes() throws Exception {
        SignedRecord record = RecordSigner.self(Fixtures.A.newSigner()).sign(3, Bytes.EMPTY, 1, 1, 1);
        Message.Store plain = new Message.Store(record, Optional.empty());
        Parts parts = Parts.of(encode(Fixtures.A, plain));
        Bytes oneField = parts.body();
        for (String key : List.of("f6", "40")) {
            assertThat(decode(parts.with(withKey(oneField, key)).datagram()).message())
                    .isEqualTo(plain);
        }
        for (int length : new int[] {1, 31, 33}) {
            String key = "58%02x".formatted(length) + "07".repeat(length);
            String shortest = length < 24 ? "4107" : key;
            assertMalformed(
                    parts.with(withKey(oneField, shortest)).datagram(), MalformedMessageException.Reason.ENCODING);
        }
    }

    private static Bytes withKey(Bytes bodyOfOneField, String key) {
        return Bytes.fromHex("a2")
                .concat(bodyOfOneField.slice(1, bodyOfOneField.length()))
                .concat(Bytes.fromHex("02" + key));
    }

    // ---- reuse and sizes --------------------------------------------------------------------------------------

    @Test
    void aCodecWorksAgainAfterEveryKindOfFailure() throws Exception {
        Bytes good = encode(Fixtures.A, new Message.FindNode(Fixtures.B.nodeId()));
        List<Bytes> failing = new ArrayList<>();
        for (int length = 0; length < good.length(); length++) {
            failing.add(good.slice(0, length));
        }
        failing.add(Bytes.fromHex("81".repeat(100)));
        failing.add(Bytes.fromHex("a1".repeat(100)));
        failing.add(encode(Fixtures.A, new Message.Ping(Fixtures.B.address())));
        for (Bytes packet : failing) {
            assertThatThrownBy(() -> decode(packet)).isInstanceOf(MalformedMessageException.class);
            assertThat(codec.verify(decode(good))).isTrue();
        }
        byte[] forged = good.toArray();
        forged[forged.length - 1] ^= 1;
        assertThat(codec.verify(codec.decode(forged, forged.length))).isFalse();
        assertThat(codec.verify(decode(good))).isTrue();
        assertThat(encode(Fixtures.A, new Message.FindNode(Fixtures.B.nodeId())))
                .isEqualTo(good);
    }

    @Test
    void encodingBetweenDecodingAndVerifyingDisturbsNothing() throws Exception {
        Bytes ping = encode(Fixtures.A, new Message.Ping(Fixtures.A.address()));
        Envelope envelope = decode(ping);
        encode(Fixtures.B, new Message.FindNode(NodeId.ZERO));
        assertThat(codec.verify(envelope)).isTrue();
    }

    @Test
    void messagesBeyondTheLimitOfADatagramAreEncodedAndDecodedWhole() throws Exception {
        Contact contact = Contact.of(Fixtures.A.address(), Fixtures.ipv6(1, 4121));
        for (int count : new int[] {14, 30, 300}) {
            Message message =
                    new Message.FindNodeResponse(Optional.of(Collections.nCopies(count, contact)), Fixtures.observed());
            Bytes packet = encode(Fixtures.A, message);
            assertThat(packet.length()).isGreaterThan(MessageCodec.MAX_DATAGRAM);
            Envelope envelope = Fixtures.codec().decode(packet.toArray(), packet.length());
            assertThat(envelope.message()).isEqualTo(message);
            assertThat(codec.verify(decode(packet))).isTrue();
        }
    }

    @Test
    void whatFollowsTheLengthInTheBufferIsNotRead() throws Exception {
        Bytes ping = encode(Fixtures.A, new Message.Ping(Fixtures.A.address()));
        byte[] buffer = ping.concat(Bytes.fromHex("ffff")).toArray();
        assertThat(codec.verify(codec.decode(buffer, ping.length()))).isTrue();
        assertThatThrownBy(() -> codec.decode(buffer, ping.length() + 1)).isInstanceOf(MalformedMessageException.class);
        assertThatThrownBy(() -> codec.decode(buffer, 0)).isInstanceOf(MalformedMessageException.class);
    }

    // ---- values -----------------------------------------------------------------------------------------------

    @Test
    void messagesCheckWhatTheWireCannotCarry() {
        assertThatThrownBy(() -> new Message.FindValue(NodeId.ZERO, 256, false))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Message.FindValue(NodeId.ZERO, -1, false))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Message.StoreResponse(true, false, 256))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Message.NatProbeEcho(Bytes.zeros(7))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Message.NatProbeRequest(Bytes.zeros(9), Fixtures.observed()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Message.PushAck(NodeId.ZERO, Bytes.zeros(31), false))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Header(256, 0, MessageType.PING, TRANSACTION))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Header(1, 0x10000, MessageType.PING, TRANSACTION))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Header(-1, 0, MessageType.PING, TRANSACTION))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Header(1, -1, MessageType.PING, TRANSACTION))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TransactionId.of(Bytes.zeros(19))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Message.StoreResponse(true, false, -1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void headersAndNumbersHaveTheirFullRange() throws Exception {
        for (Header header : List.of(
                new Header(0, 0, MessageType.FIND_VALUE, TRANSACTION),
                new Header(255, 0xffff, MessageType.FIND_VALUE, TRANSACTION))) {
            Message question = new Message.FindValue(NodeId.ZERO, 255, false);
            Bytes packet = codec.encodeToBytes(header, question, Fixtures.A.newSigner());
            assertThat(decode(packet).header()).isEqualTo(header);
            assertThat(decode(packet).message()).isEqualTo(question);
        }
        Message answer = new Message.StoreResponse(false, false, 255);
        assertThat(decode(encode(Fixtures.A, answer)).message()).isEqualTo(answer);
    }

    @Test
    void aClientMarksItsHeaderAndChangesNothingElseOfIt() {
        Header plain = new Header(1, 6, MessageType.PONG, TRANSACTION);
        assertThat(plain.isOfClient()).isFalse();
        assertThat(plain.ofClient()).isEqualTo(new Header(1, 6 | Header.CLIENT, MessageType.PONG, TRANSACTION));
        assertThat(plain.ofClient().isOfClient()).isTrue();
    }

    @Test
    void theBasicFormHasNothingOfTheNewerVersion() throws Exception {
        SignedRecord record = RecordSigner.self(Fixtures.A.newSigner()).sign(3, Bytes.EMPTY, 1, 1, 1);
        NodeId key = Fixtures.A.nodeId();
        Message plain = new Message.FindValue(key, 3, false);
        assertThat(new Message.FindValue(key, 3, true).basicForm()).contains(plain);
        assertThat(plain.basicForm()).contains(plain);
        assertThat(new Message.StoreResponse(true, true, 0).basicForm()).contains(Message.StoreResponse.of(true));
        assertThat(new Message.StoreResponse(false, false, 2).basicForm()).contains(Message.StoreResponse.of(false));
        assertThat(Message.StoreResponse.of(true).basicForm()).contains(Message.StoreResponse.of(true));
        assertThat(new Message.Push(key, record).basicForm()).isEmpty();
        assertThat(Message.PushAck.of(key, record, false).basicForm()).isEmpty();
        assertThat(new Message.FindNode(key).basicForm()).contains(new Message.FindNode(key));
    }

    @Test
    void onlyAnswersWithAnObservedAddressTellIt() {
        Endpoint observed = Fixtures.observed();
        for (Message message : List.of(
                new Message.Pong(Fixtures.A.address(), observed),
                new Message.FindNodeResponse(Optional.empty(), observed),
                new Message.FindValueResponse(Optional.empty(), Optional.empty(), observed, List.of()))) {
            assertThat(message.observedAddress()).contains(observed);
        }
        assertThat(Message.StoreResponse.of(true).observedAddress()).isEmpty();
        assertThat(new Message.NatProbeRequest(Bytes.zeros(8), observed).observedAddress())
                .isEmpty();
    }

    @Test
    void aPushIsAcknowledgedByTheDigestOfItsPayload() {
        SignedRecord record = RecordSigner.self(Fixtures.A.newSigner()).sign(3, Bytes.fromHex("a0"), 1, 1, 1);
        Message.PushAck ack = Message.PushAck.of(NodeId.ZERO, record, true);
        assertThat(ack.messageId())
                .isEqualTo(Bytes.copyOf(Sha256.hash(Bytes.fromHex("a0").toArray())));
        assertThat(ack.subscribe()).isTrue();
    }

    @Test
    void aStoreWithoutKeyOrWithTheZeroKeyMeansTheAddress() throws Exception {
        SignedRecord record = RecordSigner.self(Fixtures.A.newSigner()).sign(3, Bytes.EMPTY, 1, 1, 1);
        NodeId own = Fixtures.A.nodeId();
        assertThat(new Message.Store(record, Optional.empty()).key(own)).isEqualTo(own);
        assertThat(new Message.Store(record, Optional.of(NodeId.ZERO)).key(own)).isEqualTo(own);
        assertThat(new Message.Store(record, Optional.of(Fixtures.B.nodeId())).key(own))
                .isEqualTo(Fixtures.B.nodeId());
        Message.Store zero = new Message.Store(record, Optional.of(NodeId.ZERO));
        assertThat(decode(encode(Fixtures.A, zero)).message()).isEqualTo(zero);
    }

    @Test
    void theSingleRecordOfTheOlderGenerationCountsOnlyWithoutAList() throws Exception {
        SignedRecord first = RecordSigner.self(Fixtures.A.newSigner()).sign(3, Bytes.EMPTY, 1, 1, 1);
        SignedRecord second = RecordSigner.self(Fixtures.B.newSigner()).sign(3, Bytes.EMPTY, 1, 1, 1);
        Message.FindValueResponse single =
                new Message.FindValueResponse(Optional.empty(), Optional.of(first), Fixtures.observed(), List.of());
        Message.FindValueResponse both = new Message.FindValueResponse(
                Optional.empty(), Optional.of(first), Fixtures.observed(), List.of(second));
        assertThat(single.records()).containsExactly(first);
        assertThat(both.records()).containsExactly(second);
        assertThat(single.nodes()).isEmpty();
        assertThat(decode(encode(Fixtures.C, single)).message()).isEqualTo(single);
        assertThat(decode(encode(Fixtures.C, both)).message()).isEqualTo(both);
    }

    @Test
    void theRecordsOfAMessageAreThoseItCarries() {
        SignedRecord first = RecordSigner.self(Fixtures.A.newSigner()).sign(3, Bytes.EMPTY, 1, 1, 1);
        SignedRecord second = RecordSigner.self(Fixtures.B.newSigner()).sign(3, Bytes.EMPTY, 1, 1, 1);
        NodeId key = Fixtures.A.nodeId();
        Endpoint observed = Fixtures.observed();
        List<Message> carrying = List.of(
                new Message.Store(first, Optional.of(key)),
                new Message.Push(key, first),
                new Message.FindValueResponse(Optional.empty(), Optional.of(first), observed, List.of()));
        assertThat(carrying).allSatisfy(message -> assertThat(message.records()).containsExactly(first));
        Message list =
                new Message.FindValueResponse(Optional.empty(), Optional.empty(), observed, List.of(first, second));
        assertThat(list.records()).containsExactly(first, second);
        List<Message> without = List.of(
                new Message.Ping(Fixtures.A.address()),
                new Message.Pong(Fixtures.A.address(), observed),
                new Message.FindNode(key),
                new Message.FindNodeResponse(Optional.empty(), observed),
                new Message.FindValue(key, 0, true),
                new Message.FindValueResponse(Optional.empty(), Optional.empty(), observed, List.of()),
                Message.StoreResponse.of(true),
                new Message.NatProbeRequest(Bytes.zeros(8), observed),
                new Message.NatProbeEcho(Bytes.zeros(8)),
                Message.PushAck.of(key, first, true));
        assertThat(without).allSatisfy(message -> assertThat(message.records()).isEmpty());
    }

    @Test
    void requestsAndResponsesBelongTogether() {
        for (MessageType type : MessageType.values()) {
            assertThat(MessageType.ofCode(type.code())).contains(type);
            assertThat(type.response().map(MessageType::isResponse).orElse(true))
                    .isTrue();
            assertThat(type.isResponse() && type.response().isPresent()).isFalse();
        }
        assertThat(MessageType.PING.response()).contains(MessageType.PONG);
        assertThat(MessageType.FIND_NODE.response()).contains(MessageType.FIND_NODE_RESPONSE);
        assertThat(MessageType.FIND_VALUE.response()).contains(MessageType.FIND_VALUE_RESPONSE);
        assertThat(MessageType.STORE.response()).contains(MessageType.STORE_RESPONSE);
        assertThat(MessageType.PUSH.response()).contains(MessageType.PUSH_ACK);
        assertThat(MessageType.NAT_PROBE_REQUEST.response()).isEmpty();
        assertThat(MessageType.PUSH_ACK.isResponse()).isTrue();
        assertThat(MessageType.NAT_PROBE_ECHO.isResponse()).isFalse();
        assertThat(MessageType.ofCode(0)).isEmpty();
        assertThat(MessageType.ofCode(13)).isEmpty();
        assertThat(MessageType.ofCode(-1)).isEmpty();
    }
}
