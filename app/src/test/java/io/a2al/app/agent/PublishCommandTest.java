package io.a2al.app.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.a2al.app.AgentDirectories;
import io.a2al.app.Cli;
import io.a2al.app.LocalNetwork;
import io.a2al.app.RunningCommand;
import io.a2al.dht.files.DataDirectory;
import io.a2al.dht.files.KeyFiles;
import io.a2al.dht.result.ResolveResult;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.NatType;
import io.a2al.protocol.record.RecordSigner;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.TopicFilter;
import io.a2al.protocol.record.TopicPayload;
import io.a2al.protocol.record.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(120)
class PublishCommandTest {

    private static final String URL = "https://agent.example/a2a";

    @TempDir
    private Path directory;

    private static LocalNetwork network;

    @BeforeAll
    static void open() throws Exception {
        network = LocalNetwork.of(5);
    }

    @AfterAll
    static void close() {
        network.close();
    }

    private static Cli.Result publish(String... args) {
        return Cli.run(Stream.concat(Stream.of("publish", "--bootstrap", network.seed()), Stream.of(args))
                .toArray(String[]::new));
    }

    @Test
    void anEndpointIsPublishedUnderAnAddressThatIsNotKept() throws Exception {
        Cli.Result result = publish("--endpoint", URL, "--endpoint", "udp://203.0.113.7:4121", "--nat", "full-cone");

        assertThat(result.err()).isEmpty();
        assertThat(result.exitCode()).isZero();
        Address address = Address.parse(result.value("address"));
        assertThat(result.value("identity")).isEqualTo("new, and not kept; keep one with --data DIR");
        assertThat(result.value("endpoint key"))
                .isEqualTo(NodeId.ofAddress(address).toString());
        assertThat(result.value("endpoint replicas")).matches("[45] of 8");
        assertThat(network.get(2).resolve(address)).isInstanceOfSatisfying(ResolveResult.Found.class, found -> {
            assertThat(found.endpoint().payload().endpoints()).containsExactly(URL, "udp://203.0.113.7:4121");
            assertThat(found.endpoint().payload().natType()).isEqualTo(NatType.FULL_CONE);
        });
    }

    @Test
    void anEntryIsPublishedAsGiven() throws Exception {
        Cli.Result result = publish(
                "--topic",
                "ai/one",
                "--name",
                "Babel",
                "--tag",
                "de",
                "--tag",
                "fr",
                "--protocol",
                "mcp",
                "--brief",
                "hi");

        assertThat(result.err()).isEmpty();
        assertThat(result.exitCode()).isZero();
        assertThat(result.value("topic key")).isEqualTo(Topics.keyOf("ai/one").toString());
        assertThat(result.out()).doesNotContain("endpoint");
        assertThat(network.get(1).discover("ai/one", TopicFilter.ALL).entries())
                .singleElement()
                .satisfies(entry -> assertThat(entry.payload())
                        .isEqualTo(TopicPayload.of("ai/one", "Babel", List.of("mcp"), List.of("de", "fr"))
                                .withBrief("hi")));
    }

    @Test
    void jsonHasBothPublications() throws Exception {
        JsonNode json =
                publish("--endpoint", URL, "--topic", "ai/two", "--json").json();

        assertThat(json.get("identity_kept").booleanValue()).isFalse();
        Address address = Address.parse(json.get("address").textValue());
        assertThat(json.get("node_id").textValue())
                .isEqualTo(NodeId.ofAddress(address).toString());
        assertThat(json.at("/endpoint/key").textValue())
                .isEqualTo(NodeId.ofAddress(address).toString());
        assertThat(json.at("/topic/key").textValue())
                .isEqualTo(Topics.keyOf("ai/two").toString());
        for (String publication : List.of("endpoint", "topic")) {
            assertThat(json.at("/" + publication + "/replicas").intValue()).isBetween(4, 5);
            assertThat(json.at("/" + publication + "/wanted").intValue()).isEqualTo(8);
            assertThat(json.at("/" + publication + "/ttl_seconds").intValue()).isEqualTo(3600);
            assertThat(json.at("/" + publication + "/seq").isIntegralNumber()).isTrue();
        }
    }

    @Test
    void anIdentityInADirectoryIsUsedAgain() {
        Cli.Result first = publish("--endpoint", URL, "--data", directory.toString());
        Cli.Result second = publish("--topic", "ai/three", "--data", directory.toString());

        assertThat(first.exitCode()).isZero();
        assertThat(first.out()).doesNotContain("identity");
        assertThat(second.value("address")).isEqualTo(first.value("address"));
    }

    @Test
    void aDelegationInTheDirectoryMakesItTheOwnersRecord() throws Exception {
        Address owner = AgentDirectories.delegated(directory, 0);
        Cli.Result result = publish("--endpoint", URL, "--data", directory.toString());

        assertThat(result.exitCode()).isZero();
        assertThat(result.value("address")).isEqualTo(owner.toString()).startsWith("0x");
        assertThat(Address.parse(result.value("signed by")).isNative()).isTrue();
        assertThat(result.value("endpoint key"))
                .isEqualTo(NodeId.ofAddress(owner).toString());
        assertThat(result.errLines())
                .as("D-19")
                .singleElement()
                .asString()
                .matches("warning: the endpoint record has 5\\d\\d bytes;"
                        + " nodes of the older protocol version cannot serve more than 491");
        assertThat(network.get(2).resolve(owner)).isInstanceOf(ResolveResult.Found.class);
    }

    @Test
    void aDelegationCanBeGivenAsAFile() throws Exception {
        Path elsewhere = Files.createDirectory(directory.resolve("other"));
        Address owner = AgentDirectories.delegated(directory, 0);
        Path proof = Files.move(directory.resolve(KeyFiles.DELEGATION_FILE), elsewhere.resolve("proof"));

        JsonNode plain = publish("--endpoint", URL, "--data", directory.toString(), "--json")
                .json();
        JsonNode given = publish(
                        "--endpoint", URL, "--data", directory.toString(), "--delegation", proof.toString(), "--json")
                .json();

        assertThat(plain.get("address")).isEqualTo(plain.get("signed_by"));
        assertThat(plain.at("/endpoint/warnings")).isEmpty();
        assertThat(given.get("address").textValue()).isEqualTo(owner.toString());
        assertThat(given.get("signed_by")).isEqualTo(plain.get("signed_by"));
        assertThat(given.at("/endpoint/warnings")).hasSize(1);
    }

    @Test
    void aDelegationThatIsOfNoUseIsAnsweredInOneLine() throws Exception {
        Path other = directory.resolve("other");
        AgentDirectories.delegated(directory, 1);
        AgentDirectories.delegated(other, 0);
        Path garbage = Files.writeString(directory.resolve("garbage"), "a0\n");
        String proofOfOther = other.resolve(KeyFiles.DELEGATION_FILE).toString();

        assertWrong(
                "the delegation in " + proofOfOther + " is of no use: op_pub: the proof is for the key of ",
                "--data",
                directory.toString(),
                "--delegation",
                proofOfOther);
        assertWrong(
                "delegation file " + garbage + " is damaged: ",
                "--data",
                directory.toString(),
                "--delegation",
                garbage.toString());
        assertWrong(
                "delegation file nowhere cannot be read: no such file",
                "--data",
                directory.toString(),
                "--delegation",
                "nowhere");
        assertWrong("--delegation is for a key that is kept; give --data DIR, too", "--delegation", proofOfOther);
        assertWrong("the delegation of 0x", "--data", directory.toString());
    }

    private static void assertWrong(String beginning, String... args) {
        Cli.Result result = publish(
                Stream.concat(Stream.of("--endpoint", URL), Stream.of(args)).toArray(String[]::new));
        assertThat(result.errLines()).singleElement().asString().startsWith(beginning);
        assertThat(result.out()).isEmpty();
        assertThat(result.exitCode()).isEqualTo(2);
    }

    @Test
    void d55_aQuicUrlWithAnotherPortIsWarnedOf() throws Exception {
        String url = "quic://203.0.113.7:9999";
        Cli.Result own = publish("--endpoint", url);
        assertThat(own.exitCode()).isZero();
        assertThat(own.err())
                .startsWith("warning: nodes of the newer protocol version take " + url + " for this node's address");

        Address owner = AgentDirectories.delegated(directory, 0);
        Cli.Result ofAgent = publish("--endpoint", url, "--data", directory.toString());
        assertThat(ofAgent.value("address")).isEqualTo(owner.toString());
        assertThat(ofAgent.err()).doesNotContain(url);
    }

    /** An owner who once used the highest number of all. */
    @Test
    void aNewerRecordThatReadersGetInsteadIsAFailure() throws Exception {
        Identity identity;
        try (DataDirectory data = DataDirectory.open(directory)) {
            identity = data.identity(new SecureRandom());
        }
        long now = Instant.now().getEpochSecond();
        SignedRecord highest = RecordSigner.self(identity.newSigner())
                .sign(EndpointPayload.of(List.of("https://old.example/a2a")), -1, now - 10, 600);
        network.get(0).publish(highest).close();

        Cli.Result result = publish("--endpoint", URL, "--data", directory.toString());
        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(result.err())
                .contains("warning: a node holds a newer record, with sequence number 18446744073709551615,")
                .contains("delegate a new key")
                .contains("readers get a newer record than the one published");
        assertThat(publish("--topic", "ai/other", "--data", directory.toString())
                        .exitCode())
                .as("other slots are not concerned")
                .isZero();
    }

    @Test
    void tooFewReplicasAreExplained() throws Exception {
        try (LocalNetwork small = LocalNetwork.of(2)) {
            Cli.Result result = Cli.run("publish", "--bootstrap", small.seed(), "--endpoint", URL, "--topic", "ai/few");
            assertThat(result.exitCode()).isZero();
            assertThat(result.err().lines())
                    .containsExactly("warning: only 2 of 8 nodes hold the record: 2 nodes were found near its key");
        }
    }

    /** In a network of its own, as it leaves a gap when it goes. */
    @Test
    void whatIsKeptStaysUntilStopped() throws Exception {
        try (LocalNetwork own = LocalNetwork.of(2);
                RunningCommand command = RunningCommand.start(
                        "publish", "--bootstrap", own.seed(), "--endpoint", URL, "--listen", "127.0.0.1:0", "--keep")) {
            Address address = Address.parse(command.awaitValue("address"));
            command.out().awaitLine("renewing until stopped"::equals);

            assertThat(own.get(1).resolve(address)).isInstanceOf(ResolveResult.Found.class);
            assertThat(command.stop()).isZero();
            assertThat(command.out().next()).isEqualTo("stopped");
        }
    }

    /** Arguments, and the line that answers them. */
    record WrongUse(String line, List<String> args) {}

    static Stream<WrongUse> wrongUses() {
        String longText = "x".repeat(141);
        String[] tooMany = IntStream.range(0, 50)
                .boxed()
                .flatMap(i -> Stream.of("--endpoint", "https://agent" + i + ".example/a2a"))
                .toArray(String[]::new);
        return Stream.of(
                wrong("nothing to publish; give --endpoint URL or --topic NAME"),
                wrong("not a URL: \"agent\"; write for example https://agent.example/a2a", "--endpoint", "agent"),
                wrong(
                        "not a NAT type: \"cone\"; choose one of unknown, full-cone, restricted, port-restricted,"
                                + " symmetric",
                        "--endpoint",
                        URL,
                        "--nat",
                        "cone"),
                wrong("--nat says how to reach an endpoint; give --endpoint URL, too", "--nat", "symmetric"),
                wrong(
                        "--name is for an entry under a topic; give --topic NAME, too",
                        "--endpoint",
                        URL,
                        "--name",
                        "Babel"),
                wrong("the topic is empty", "--topic", ""),
                wrong("the brief has 141 characters, the limit is 140", "--topic", "ai/demo", "--brief", longText),
                wrong(
                        "the topic payload has 1025 bytes, the limit is 512",
                        "--topic",
                        "ai/demo",
                        "--name",
                        "x".repeat(1003)),
                wrong("the record has 1594 bytes, the limit is 1041", tooMany));
    }

    private static WrongUse wrong(String line, String... args) {
        return new WrongUse(line, List.of(args));
    }

    @ParameterizedTest
    @MethodSource("wrongUses")
    void wrongUseIsAnsweredInOneLine(WrongUse use) {
        Cli.Result result = publish(use.args().toArray(String[]::new));

        assertThat(result.errLines()).containsExactly(use.line() + " (see a2al publish --help)");
        assertThat(result.out()).isEmpty();
        assertThat(result.exitCode()).isEqualTo(2);
    }
}
