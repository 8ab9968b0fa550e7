package io.a2al.app.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.a2al.app.Cli;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.delegation.DelegationProof;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Header;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.MessageCodec;
import io.a2al.protocol.message.TransactionId;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.RecordSigner;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.SignedRecord;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class InspectCommandTest {

    private static final Identity SENDER = Identity.generate(new SecureRandom());
    private static final Identity OTHER = Identity.generate(new SecureRandom());
    private static final Endpoint ENDPOINT = Endpoint.of(new byte[] {(byte) 203, 0, 113, 7}, 4121);

    /** No signature is checked when encoding. */
    private static String packet(Message message) {
        MessageCodec codec = new MessageCodec((key, data, from, length, signature, at) -> false);
        Header header = Header.of(message.type(), TransactionId.of(Bytes.zeros(TransactionId.LENGTH)));
        return codec.encodeToBytes(header, message, SENDER.newSigner()).toHex();
    }

    private static SignedRecord endpointRecord(long timestamp) throws Exception {
        return RecordSigner.self(SENDER.newSigner())
                .sign(EndpointPayload.of(List.of("https://a.example")), 1, timestamp, 3600);
    }

    private static long now() {
        return Instant.now().getEpochSecond();
    }

    private static String flipBit(String hex, int index) {
        byte[] bytes = Bytes.fromHex(hex).toArray();
        bytes[index] ^= 1;
        return Bytes.copyOf(bytes).toHex();
    }

    private static JsonNode inspect(String hex, int exitCode) throws Exception {
        Cli.Result result = Cli.run("inspect", hex, "--json");
        assertThat(result.err()).isEmpty();
        assertThat(result.exitCode()).isEqualTo(exitCode);
        JsonNode json = result.json();
        assertThat(json.get("sound").booleanValue()).isEqualTo(exitCode == 0);
        assertThat(json.get("bytes").intValue()).isEqualTo(hex.length() / 2);
        return json;
    }

    private static void assertProblem(JsonNode json, int offset, String what) {
        assertThat(json.get("problems")).singleElement().satisfies(problem -> {
            assertThat(problem.get("what").textValue()).isEqualTo(what);
            assertThat(problem.get("byte").intValue()).isEqualTo(offset);
        });
    }

    // ---- what is sound ----------------------------------------------------------------------------------------

    static Stream<String> packets() {
        return Packets.all().stream();
    }

    @ParameterizedTest
    @MethodSource("packets")
    void theExamplesOfTheSpecificationAreSound(String hex) throws Exception {
        JsonNode json = inspect(hex, 0);

        assertThat(json.get("problems").isEmpty()).isTrue();
        assertThat(json.at("/signature").asText() + json.at("/record/signature").asText())
                .isEqualTo("holds");
    }

    @Test
    void everyFieldOfAMessageIsShown() {
        Cli.Result result = Cli.run("inspect", Packets.PING);

        assertThat(result.exitCode()).isZero();
        assertThat(result.outLines())
                .containsExactly(
                        "kind  message",
                        "bytes  158",
                        "header",
                        "  version  1",
                        "  features  0",
                        "  type  PING",
                        "  transaction id  a0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3",
                        "sender",
                        "  public key  03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8",
                        "  address  A056475aa75463474C0285df5Dbf2bcAB73Da65135",
                        "  node id  29528dea9cfb6a940c61143cea7d9f538388755e47fc6869f0dd82d43dd4e85b",
                        "body",
                        "  address  A056475aa75463474C0285df5Dbf2bcAB73Da65135",
                        "signature  holds",
                        "verdict  everything holds");
    }

    @Test
    void recordsInAMessageHaveTheirOwnVerdict() {
        Cli.Result result = Cli.run("inspect", Packets.FIND_VALUE_RESPONSE);

        assertThat(result.exitCode()).isZero();
        assertThat(result.outLines())
                .contains(
                        "  records 1 of 1",
                        "    type  0x01 endpoint",
                        "    seq  7",
                        "    made at  2023-11-14T22:13:20Z",
                        "      endpoints 1 of 1  quic://203.0.113.7:4121",
                        "      nat  full-cone",
                        "    signature  holds",
                        "    authority  signed by the address's own key",
                        "    belongs at  29528dea9cfb6a940c61143cea7d9f538388755e47fc6869f0dd82d43dd4e85b",
                        "signature  holds")
                .anyMatch(line -> line.matches("    time  expired \\d+ d \\d+ h ago"));
    }

    @Test
    void topicPayloadsAreShown() throws Exception {
        JsonNode payload = inspect(Packets.TOPIC_RECORD, 0).at("/record/payload");

        assertThat(payload.get("topic").textValue()).isEqualTo("ai/demo");
        assertThat(payload.get("name").textValue()).isEqualTo("Demo");
        assertThat(payload.get("protocols").get(0).textValue()).isEqualTo("mcp");
        assertThat(payload.get("brief").textValue()).isEqualTo("hi");
        assertThat(payload.at("/meta/aa").booleanValue()).isTrue();
        assertThat(payload.at("/meta/b").intValue()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"-60,valid for another \\d+ min \\d+ s", "-7300,expired \\d+ h \\d+ min ago", "7200,from the future.*"})
    void theTimeOfARecordIsStatedRelativeToNow(long offset, String expected) throws Exception {
        JsonNode json = inspect(endpointRecord(now() + offset).encoded().toHex(), 0);

        assertThat(json.at("/record/time").textValue()).matches(expected);
    }

    @Test
    void aDelegationIsExplained() throws Exception {
        Bytes proof = DelegationProof.sign(OTHER.newSigner(), SENDER.publicKey(), now() - 10, 0)
                .encode();
        SignedRecord record = RecordSigner.delegated(SENDER.newSigner(), OTHER.address(), proof)
                .sign(EndpointPayload.of(List.of()), 1, now(), 3600);

        JsonNode json = inspect(record.encoded().toHex(), 0);

        assertThat(json.at("/record/authority").textValue()).matches("delegated from .* for ever");
    }

    @Test
    void pushedRecordsAreInspected() throws Exception {
        SignedRecord record = endpointRecord(now());

        JsonNode json = inspect(packet(new Message.Push(NodeId.ofAddress(SENDER.address()), record)), 0);

        assertThat(json.at("/body/record/signature").textValue()).isEqualTo("holds");
    }

    // ---- what is wrong ----------------------------------------------------------------------------------------

    @Test
    void aFlippedBitBreaksTheSignature() throws Exception {
        JsonNode json = inspect(flipBit(Packets.PING, 157), 1);

        assertProblem(
                json,
                94,
                "the signature (bytes 94 to 157) is not one of header and body (bytes 2 to 30 and 32 to 55) by the"
                        + " sender's key (bytes 59 to 90)");
        assertThat(json.get("signature").textValue()).isEqualTo("does not hold");
        assertThat(Cli.run("inspect", flipBit(Packets.PING, 157)).outLines())
                .contains("signature  does not hold", "verdict  not sound")
                .anyMatch(line -> line.startsWith("problem  byte 94: the signature "));
    }

    @Test
    void aTruncatedPacketIsWrongWhereTheCutItemBegins() throws Exception {
        assertProblem(
                inspect(Packets.PING.substring(0, 2 * 120), 1), 92, "byte string claims more than the input holds");
    }

    @Test
    void anotherIdentityInTheBodyIsWrong() throws Exception {
        JsonNode json = inspect(flipBit(Packets.PING, 40), 1);

        assertProblem(json, 32, "the address in the body is not that of the sender's key");
        assertThat(json.at("/content/2/1").textValue()).startsWith("h'a056475a");
    }

    @Test
    void anUnknownTypeIsWrong() throws Exception {
        assertThat(inspect(Packets.PING.replace("030104", "031704"), 1)
                        .at("/problems/0/what")
                        .textValue())
                .isEqualTo("unknown message type 23");
    }

    @Test
    void whatIsNoMapIsWrong() throws Exception {
        JsonNode json = inspect("00", 1);

        assertThat(json.at("/problems/0/byte").intValue()).isZero();
        assertThat(json.at("/problems/0/what").textValue()).startsWith("expected map, found ");
    }

    @Test
    void aTooLongPacketIsWrong() throws Exception {
        List<Contact> contacts = Collections.nCopies(20, Contact.of(SENDER.address(), ENDPOINT));
        String hex = packet(new Message.FindNodeResponse(Optional.of(contacts), ENDPOINT));

        assertProblem(inspect(hex, 1), 1200, hex.length() / 2 + " bytes, a node reads at most 1200");
    }

    @Test
    void aForgedRecordInASoundMessageIsWrong() throws Exception {
        String record = endpointRecord(now()).encoded().toHex();
        SignedRecord forged = SignedRecord.decode(Bytes.fromHex(flipBit(record, record.length() / 2 - 1)));

        String hex = packet(new Message.Store(forged, Optional.empty()));
        JsonNode json = inspect(hex, 1);

        int at = hex.indexOf(forged.signature().toHex()) / 2;
        assertThat(json.get("signature").textValue()).isEqualTo("holds");
        assertThat(json.at("/body/record/signature").textValue()).isEqualTo("does not hold");
        assertProblem(
                json,
                at,
                "the record's signature (bytes " + at + " to " + (at + 63) + ") is not one of its fields by its key");
    }

    @Test
    void aRecordAtAForeignKeyIsWrong() throws Exception {
        NodeId own = NodeId.ofAddress(SENDER.address());
        NodeId foreign = NodeId.ofAddress(OTHER.address());

        String hex = packet(new Message.Store(endpointRecord(now()), Optional.of(foreign)));

        assertProblem(
                inspect(hex, 1),
                hex.indexOf(foreign.toHex()) / 2,
                "the record belongs at key " + own + ", not at " + foreign);
    }

    @Test
    void aPayloadAgainstTheRulesIsWrong() throws Exception {
        RecordSigner signer = RecordSigner.self(SENDER.newSigner());
        SignedRecord emptyTopic = signer.sign(RecordType.TOPIC, Bytes.fromHex("a0"), 1, now(), 3600);
        SignedRecord longNote = signer.sign(RecordType.MAILBOX, Bytes.zeros(513), 1, now(), 3600);

        JsonNode topic = inspect(emptyTopic.encoded().toHex(), 1);
        JsonNode note = inspect(longNote.encoded().toHex(), 1);

        assertThat(topic.at("/record/signature").textValue()).isEqualTo("holds");
        assertThat(topic.get("problems")).hasSize(1);
        assertThat(topic.at("/problems/0/what").textValue()).isEqualTo("the topic is empty");
        assertThat(note.get("problems")).hasSize(1);
        assertThat(note.at("/problems/0/what").textValue())
                .isEqualTo("mailbox payload has 513 bytes, the limit is 512");
    }

    @Test
    void aKeyWithoutAuthorityIsWrong() throws Exception {
        SignedRecord record = RecordSigner.delegated(SENDER.newSigner(), OTHER.address(), Bytes.fromHex("a0"))
                .sign(EndpointPayload.of(List.of()), 1, now(), 3600);
        String hex = record.encoded().toHex();

        JsonNode json = inspect(hex, 1);

        assertThat(json.at("/record/authority").textValue()).isEqualTo("unproven");
        assertProblem(
                json,
                hex.indexOf(SENDER.publicKey().toHex()) / 2,
                "nothing proves that the signing key may speak for the address");
    }

    // ---- input ------------------------------------------------------------------------------------------------

    @Test
    void whiteSpaceCaseAndStandardInputDoNotMatter() {
        String spaced = Packets.PING.replaceAll("(.{10})", "$1 ").toUpperCase(java.util.Locale.ROOT);
        String expected = Cli.run("inspect", Packets.PING).out();
        byte[] lines = Packets.PING.replaceAll("(.{60})", "$1\n").getBytes(StandardCharsets.US_ASCII);
        byte[] raw = Bytes.fromHex(Packets.PING).toArray();

        assertThat(Cli.run("inspect", spaced).out()).isEqualTo(expected);
        assertThat(Cli.run("inspect", Packets.PING.substring(0, 8), Packets.PING.substring(8))
                        .out())
                .isEqualTo(expected);
        assertThat(Cli.runWithInput(lines, "inspect", "-").out()).isEqualTo(expected);
        assertThat(Cli.runWithInput(raw, "inspect", "-").out()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        hello  | not hexadecimal: "hello"; give digits 0 to 9 and a to f
        a401a  | half a byte: "a401a" has 5 digits; give two for each byte
        ' '    | nothing to inspect: standard input is empty; give hexadecimal digits
        """)
    void whatIsNotHexadecimalIsRefused(String input, String line) {
        Cli.Result result = Cli.runWithInput(input.getBytes(StandardCharsets.US_ASCII), "inspect", "-");

        assertThat(result.errLines()).containsExactly(line + " (see a2al inspect --help)");
        assertThat(result.out()).isEmpty();
        assertThat(result.exitCode()).isEqualTo(2);
    }
}
