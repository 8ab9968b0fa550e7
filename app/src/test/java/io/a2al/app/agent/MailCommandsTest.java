package io.a2al.app.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.a2al.app.AgentDirectories;
import io.a2al.app.Cli;
import io.a2al.app.LocalNetwork;
import io.a2al.dht.files.KeyFiles;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.RecordSigner;
import io.a2al.protocol.testing.Fixtures;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class MailCommandsTest {

    private static final String ABSENT = "A056475aa75463474C0285df5Dbf2bcAB73Da65135";

    @TempDir
    private Path directory;

    private Path reader;
    private Path sender;

    private static LocalNetwork network;

    @BeforeAll
    static void open() throws Exception {
        network = LocalNetwork.of(5);
    }

    @AfterAll
    static void close() {
        network.close();
    }

    @BeforeEach
    void makeDirectories() {
        reader = directory.resolve("reader");
        sender = directory.resolve("sender");
    }

    private static Cli.Result run(byte[] input, String command, String... args) {
        return Cli.runWithInput(
                input,
                Stream.concat(Stream.of(command + " --bootstrap " + network.seed()), Stream.of(args))
                        .flatMap(part -> part.startsWith("mail ") ? Stream.of(part.split(" ")) : Stream.of(part))
                        .toArray(String[]::new));
    }

    private static Cli.Result send(String... args) {
        return run(new byte[0], "mail send", args);
    }

    private Cli.Result read(String... args) {
        return run(
                new byte[0],
                "mail read",
                Stream.concat(Stream.of("--data", reader.toString()), Stream.of(args))
                        .toArray(String[]::new));
    }

    /** The reader publishes and leaves. */
    private String publish() {
        Cli.Result published = Cli.run(
                "publish",
                "--bootstrap",
                network.seed(),
                "--endpoint",
                "https://a.example",
                "--data",
                reader.toString());
        assertThat(published.exitCode()).isZero();
        return published.value("address");
    }

    @Test
    void unreadNotesAreShownOnce() throws Exception {
        AgentDirectories.delegated(reader, 0);
        String to = publish();
        send(to, "--text", "first", "--data", sender.toString());
        assertThat(read().out()).as("marks nothing").contains("first");
        assertThat(read("--unread").out()).contains("first");
        assertThat(read("--unread").out()).doesNotContain("first").contains("none");

        send(to, "--text", "second", "--data", sender.toString());
        Cli.Result json = read("--unread", "--json");
        assertThat(json.exitCode()).isZero();
        assertThat(json.out()).contains("second").doesNotContain("first");
        assertThat(read("--unread").out()).contains("none");
        assertThat(read().out()).contains("first", "second");
    }

    @Test
    void notesThatCannotBeMarkedAreShownAndThatIsSaid() throws Exception {
        AgentDirectories.delegated(reader, 0);
        send(publish(), "--text", "hello", "--data", sender.toString());
        Path inTheWay = reader.resolve("mail-delivered.tmp");
        Files.createFile(Files.createDirectory(inTheWay).resolve("file"));

        Cli.Result result = read("--unread");

        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(result.out()).contains("hello");
        assertThat(result.err()).contains("mail-delivered cannot be written", "these notes will be shown again");
    }

    @Test
    void aNoteWaitsForItsReader() throws Exception {
        Address owner = AgentDirectories.delegated(reader, 0);
        String to = publish();
        assertThat(to).isEqualTo(owner.toString());

        Cli.Result sent = send(to, "--text", "hello\n\u00e9", "--data", sender.toString());

        assertThat(sent.err()).isEmpty();
        assertThat(sent.exitCode()).isZero();
        assertThat(sent.value("to")).isEqualTo(to);
        assertThat(sent.value("replicas")).matches("[45] of 8");
        assertThat(sent.value("kept for")).isEqualTo("1 h 0 min");
        assertThat(sent.out()).doesNotContain("identity");
        Cli.Result read = read();
        assertThat(read.err()).isEmpty();
        assertThat(read.exitCode()).isZero();
        assertThat(read.value("mail for")).isEqualTo(to);
        assertThat(read.value("from")).isEqualTo(sent.value("from"));
        assertThat(read.value("  type")).isEqualTo("3, a text");
        assertThat(read.value("  text")).isEqualTo("hello\\u000a\u00e9");
        assertThat(read.value("  age")).isNotEmpty();
    }

    @Test
    void mailIsReadWithAnIdentityThatIsThereOnly() {
        Cli.Result read = read();
        assertThat(read.errLines())
                .containsExactly(
                        "no identity in " + reader + "; there is neither a file identity.key nor identity.ed25519");
        assertThat(read.exitCode()).isEqualTo(1);
        assertThat(reader).doesNotExist();
    }

    /** A proof is for one key, which a new identity has not. */
    @Test
    void aProofIsUsedWithAnIdentityThatIsThereOnly() {
        Cli.Result sent = send(
                ABSENT,
                "--text",
                "x",
                "--data",
                sender.toString(),
                "--delegation",
                directory.resolve("proof").toString());
        assertThat(sent.err()).startsWith("no identity in " + sender + "; ");
        assertThat(sender).doesNotExist();
    }

    @Test
    void anEmptyNoteIsNotSent() throws Exception {
        Path empty = Files.createFile(directory.resolve("empty"));
        for (String[] options : new String[][] {{}, {"--text", ""}, {"--file", empty.toString()}}) {
            Cli.Result sent =
                    send(Stream.concat(Stream.of(ABSENT), Stream.of(options)).toArray(String[]::new));
            assertThat(sent.errLines())
                    .containsExactly("the note is empty; give it with --text, with --file, or on standard input"
                            + " (see a2al mail send --help)");
            assertThat(sent.exitCode()).isEqualTo(2);
        }
    }

    @Test
    void anEmptyMailboxIsNoFailure() throws Exception {
        publish();
        assertThat(read().exitCode()).isZero();
        assertThat(read().outLines()).contains("none");
        JsonNode json = read("--json").json();
        assertThat(json.get("mail")).isEmpty();
        assertThat(json.get("unreadable")).isEmpty();
        assertThat(json.at("/lookup/complete").booleanValue()).isTrue();
    }

    @Test
    void jsonHasWhatWasSentAndWhatWasRead() throws Exception {
        String to = publish();
        JsonNode sent = send(to, "--text", "first", "--json").json();
        JsonNode second = run(
                        new byte[] {0, (byte) 0xff},
                        "mail send",
                        to,
                        "--type",
                        "77",
                        "--data",
                        sender.toString(),
                        "--json")
                .json();

        assertThat(sent.get("sent").booleanValue()).isTrue();
        assertThat(sent.get("identity_kept").booleanValue()).isFalse();
        assertThat(sent.get("bytes").intValue()).isEqualTo(5);
        assertThat(sent.get("replicas").intValue()).isBetween(4, 5);
        assertThat(sent.get("ttl_seconds").intValue()).isEqualTo(3600);
        assertThat(second.get("identity_kept").booleanValue()).isTrue();
        JsonNode read = read("--json").json();
        assertThat(read.get("address").textValue()).isEqualTo(to);
        assertThat(read.get("mail")).hasSize(2);
        assertThat(read.at("/mail/0/from")).isEqualTo(sent.get("from"));
        assertThat(read.at("/mail/0/text").textValue()).isEqualTo("first");
        assertThat(read.at("/mail/0/type").intValue()).isEqualTo(3);
        assertThat(read.at("/mail/0/seq")).isEqualTo(sent.get("seq"));
        assertThat(read.at("/mail/1/hex").textValue()).isEqualTo("00ff");
        assertThat(read.at("/mail/1").has("text")).isFalse();
        assertThat(read.at("/mail/1/type").intValue()).isEqualTo(77);
    }

    @Test
    void aNoteComesFromAFileAsWell() throws Exception {
        String to = publish();
        Path file = Files.writeString(directory.resolve("note"), "from a file");
        assertThat(send(to, "--file", file.toString()).exitCode()).isZero();
        assertThat(read().value("  text")).isEqualTo("from a file");
    }

    @Test
    void whatCannotBeOpenedIsListedWithItsReason() throws Exception {
        String to = publish();
        long now = Instant.now().getEpochSecond();
        network.get(1)
                .publish(
                        NodeId.ofAddress(Address.parse(to)),
                        RecordSigner.self(Fixtures.A.newSigner()).sign(0x81, Bytes.fromHex("a0"), 7, now - 1, 600));
        send(to, "--text", "fine");

        Cli.Result read = read();

        assertThat(read.exitCode()).isZero();
        assertThat(read.value("  text")).isEqualTo("fine");
        assertThat(read.value("unreadable, from"))
                .isEqualTo(Fixtures.A.address().toString());
        assertThat(read.value("  reason")).isEqualTo("recipient: the note is sealed for another address");
        JsonNode json = read("--json").json();
        assertThat(json.at("/unreadable/0/from").textValue())
                .isEqualTo(Fixtures.A.address().toString());
        assertThat(json.at("/unreadable/0/reason").textValue())
                .isEqualTo("recipient: the note is sealed for another address");
        assertThat(json.at("/unreadable/0/seq").intValue()).isEqualTo(7);
    }

    // ---- what does not come off -------------------------------------------------------------------------------

    @Test
    void aRecipientWithoutAnEndpointIsUnknown() throws Exception {
        Cli.Result result = send(ABSENT, "--text", "hello");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.errLines())
                .singleElement()
                .asString()
                .matches("no endpoint record of " + ABSENT
                        + " found \\(asked [1-5], .*\\), whose key the note would be sealed with; has the agent"
                        + " published one\\?");
        Cli.Result json = send(ABSENT, "--text", "hello", "--json");
        assertThat(json.exitCode()).isEqualTo(1);
        assertThat(json.json().get("sent").booleanValue()).isFalse();
        assertThat(json.json().get("reason").textValue()).isEqualTo("recipient_unknown");
    }

    /** The only other node knows the recipient, but its store takes nothing. */
    @Test
    void aNoteThatNoNodeStoresIsNotSent() throws Exception {
        try (LocalNetwork refusing = LocalNetwork.refusingMail()) {
            refusing.get(0).publish(EndpointPayload.of(List.of("https://a.example")));
            Cli.Result result = Cli.run(
                    "mail",
                    "send",
                    refusing.get(0).address().toString(),
                    "--text",
                    "x",
                    "--bootstrap",
                    refusing.seed(),
                    "--json");
            assertThat(result.exitCode()).isEqualTo(3);
            assertThat(result.errLines())
                    .containsExactly("no other node took the note at key "
                            + refusing.get(0).nodeId() + "; try again, or join through another node");
            assertThat(result.json().get("reason").textValue()).isEqualTo("not_stored");
        }
    }

    @Test
    void wrongUseIsAnsweredInOneLine() throws Exception {
        AgentDirectories.delegated(sender, 0);
        String from = sender.toString();
        Path large = Files.write(directory.resolve("large"), new byte[100_000]);
        assertWrong(
                send("A0", "--text", "x"),
                "send",
                "not an address: \"A0\": expected 42 hexadecimal digits, got 2 characters");
        assertWrong(
                send(ABSENT, "--text", "x", "--type", "256"), "send", "not a type: 256; choose a number from 0 to 255");
        String tooLong = "the note has more than 389 bytes, the most that fits; send where to find the rest";
        assertWrong(send(ABSENT, "--text", "x".repeat(390)), "send", tooLong);
        assertWrong(send(ABSENT, "--file", large.toString()), "send", tooLong);
        assertWrong(run(new byte[390], "mail send", ABSENT), "send", tooLong);
        assertWrong(run(new byte[389], "mail send", ABSENT, "--type", "24"), "send", tooLong.replace("389", "388"));
        assertThat(run(new byte[389], "mail send", ABSENT, "--data", from).errLines())
                .singleElement()
                .asString()
                .as("a wallet's proof needs room, too")
                .matches("the note has more than 3[0-7]\\d bytes, the most that fits;.*");
        assertWrong(send(ABSENT, "--file", "nowhere"), "send", "file nowhere cannot be read: no such file");
        assertWrong(
                run(new byte[0], "mail read"),
                "read",
                "mail can only be opened with a key that is kept; give --data DIR");
        assertThat(KeyFiles.in(sender).delegation()).isPresent();
    }

    private static void assertWrong(Cli.Result result, String command, String line) {
        assertThat(result.errLines()).containsExactly(line + " (see a2al mail " + command + " --help)");
        assertThat(result.out()).isEmpty();
        assertThat(result.exitCode()).isEqualTo(2);
    }

    @Test
    void withoutACommandItSaysWhichThereAre() {
        Cli.Result result = Cli.run("mail");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).startsWith("Usage: a2al mail").contains("send", "read", "Example:");
        assertThat(Cli.run("mail", "--help").out()).contains("send", "read", "Example:");
    }

    @Test
    void onlyTextsAreShownAsTexts() {
        assertThat(MailText.of(utf8("h\u00e9llo\tw\n\r"))).contains("h\u00e9llo\tw\n\r");
        assertThat(MailText.of(Bytes.EMPTY)).contains("");
        for (String hex : List.of("00", "1b5b324a", "7f", "c285", "ff", "c3", "eda080")) {
            assertThat(MailText.of(Bytes.fromHex(hex))).as(hex).isEmpty();
        }
        assertThat(MailText.typeName(1)).isEqualTo("1, a request to connect");
        assertThat(MailText.typeName(2)).isEqualTo("2, addresses");
        assertThat(MailText.typeName(200)).isEqualTo("200");
    }

    private static Bytes utf8(String text) {
        return Bytes.copyOf(text.getBytes(StandardCharsets.UTF_8));
    }
}
