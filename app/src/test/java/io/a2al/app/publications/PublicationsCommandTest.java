package io.a2al.app.publications;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.a2al.app.AgentDirectories;
import io.a2al.app.Cli;
import io.a2al.app.LocalNetwork;
import io.a2al.app.RunningCommand;
import io.a2al.dht.files.DataDirectory;
import io.a2al.dht.files.KeptPublication;
import io.a2al.dht.files.PublicationFile;
import io.a2al.dht.transport.TimeSource;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.AgentProfilePayload;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.RecordSigner;
import io.a2al.protocol.record.TopicPayload;
import io.a2al.protocol.record.Topics;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class PublicationsCommandTest {

    private static final String URL = "https://agent.example/a2a";
    private static final Identity AGENT = Identity.generate(new SecureRandom());

    @TempDir
    private Path folder;

    private static RunningCommand publish(LocalNetwork network, Path directory, String... more) {
        return RunningCommand.start(Stream.concat(
                        Stream.of(
                                "publish",
                                "--keep",
                                "--bootstrap",
                                network.seed(),
                                "--listen",
                                "127.0.0.1:0",
                                "--data",
                                directory.toString()),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    private static RunningCommand node(Path directory, String... more) {
        return RunningCommand.start(Stream.concat(
                        Stream.of("node", "--listen", "127.0.0.1:0", "--data", directory.toString()), Stream.of(more))
                .toArray(String[]::new));
    }

    private static Cli.Result publications(String command, Path directory, String... more) {
        return Cli.run(
                Stream.concat(Stream.of("publications", command, "--data", directory.toString()), Stream.of(more))
                        .toArray(String[]::new));
    }

    /** Copies what a killed process would leave. */
    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectory(to);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(from)) {
            for (Path file : files) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    // ---- over restarts ----------------------------------------------------------------------------------------

    @Test
    void aNodeResumesWhatAKilledPublisherKept() throws Exception {
        Path killed = folder.resolve("killed");
        Path left = folder.resolve("left");
        try (LocalNetwork network = LocalNetwork.of(2)) {
            try (RunningCommand command = publish(network, killed, "--endpoint", URL, "--topic", "ai/one")) {
                assertThat(command.awaitValue("kept in"))
                        .isEqualTo(killed.resolve("publications").toString());
                command.out().awaitLine("renewing until stopped"::equals);
                copy(killed, left);
                assertThat(publications("list", killed).errLines())
                        .singleElement()
                        .asString()
                        .endsWith(" is in use by another node; stop that node, or give this one another directory");
            }
        }
        for (Path directory : List.of(left, killed)) {
            try (RunningCommand node = node(directory)) {
                assertThat(node.awaitValue("resumed")).isEqualTo("2 publications");
            }
        }
        assertThat(publications("end", left, "--topic", "ai/one").value("ended"))
                .isEqualTo("1 publication");
        try (RunningCommand node = node(left, "--json")) {
            JsonNode introduction = new ObjectMapper().readTree(node.out().next());
            assertThat(introduction.get("resumed").intValue()).isOne();
            assertThat(introduction.get("not_resumed").intValue()).isZero();
        }
    }

    @Test
    void aPublisherResumesWhatItKeptBefore() throws Exception {
        Path directory = folder.resolve("agent");
        try (LocalNetwork network = LocalNetwork.of(2)) {
            long first;
            try (RunningCommand command = publish(network, directory, "--endpoint", URL, "--json")) {
                JsonNode json = new ObjectMapper().readTree(command.out().next());
                assertThat(json.get("kept_over_restarts").booleanValue()).isTrue();
                first = json.at("/endpoint/seq").longValue();
            }
            try (RunningCommand command = publish(network, directory, "--topic", "ai/one")) {
                assertThat(command.awaitValue("resumed")).isEqualTo("1 publication");
                command.out().awaitLine("renewing until stopped"::equals);
            }
            assertThat(publications("list", directory).outLines()).hasSize(2);

            JsonNode once = Cli.run(
                            "publish",
                            "--bootstrap",
                            network.seed(),
                            "--data",
                            directory.toString(),
                            "--endpoint",
                            URL,
                            "--json")
                    .json();
            assertThat(once.at("/endpoint/seq").longValue())
                    .as("a run without --keep goes on with the numbers")
                    .isGreaterThan(first);
            assertThat(once.get("kept_over_restarts").booleanValue()).isFalse();
        }
    }

    @Test
    void anAgentThatDelegatedTheKeyIsResumedWithItsProof() throws Exception {
        Path directory = folder.resolve("agent");
        Address owner = AgentDirectories.delegated(directory, 0);
        try (LocalNetwork network = LocalNetwork.of(2);
                RunningCommand command = publish(network, directory, "--endpoint", URL)) {
            assertThat(command.awaitValue("address")).isEqualTo(owner.toString());
            command.out().awaitLine("renewing until stopped"::equals);
        }
        try (RunningCommand node = node(directory)) {
            assertThat(node.awaitValue("resumed")).isEqualTo("1 publication");
        }
        Files.writeString(directory.resolve("delegation.proof"), "damaged");
        try (RunningCommand node = node(directory)) {
            assertThat(node.awaitValue("resumed"))
                    .isEqualTo("0 publications; 1 not, as an agent's delegation is missing or of no use; see a2al id"
                            + " show");
            assertThat(node.err().next()).startsWith("the delegation kept in " + directory + " is of no use: ");
        }
    }

    // ---- list and end -----------------------------------------------------------------------------------------

    private Path filled() throws Exception {
        Path directory = folder.resolve("filled");
        long now = TimeSource.SYSTEM.now().unixSeconds();
        EndpointPayload endpoint = EndpointPayload.of(List.of(URL, "quic://203.0.113.7:4121"));
        List<KeptPublication> kept = new ArrayList<>();
        kept.add(new KeptPublication.Renewed(AGENT.address(), endpoint));
        kept.add(
                new KeptPublication.Renewed(AGENT.address(), TopicPayload.of("ai/one", "Babel", List.of(), List.of())));
        kept.add(new KeptPublication.Renewed(AGENT.address(), AgentProfilePayload.of("Babel", List.of(), List.of())));
        for (long ttl : List.of(10L, 3600L)) {
            kept.add(new KeptPublication.Ready(
                    NodeId.ZERO, RecordSigner.self(AGENT.newSigner()).sign(endpoint, 1, now - 100, ttl)));
        }
        try (DataDirectory data = DataDirectory.open(directory)) {
            new PublicationFile(data.publicationsFile()).write(kept);
        }
        return directory;
    }

    @Test
    void allThatIsKeptIsListed() throws Exception {
        Cli.Result result = publications("list", filled());

        assertThat(result.exitCode()).isZero();
        assertThat(result.outLines()).hasSize(4);
        assertThat(result.value("endpoint"))
                .isEqualTo(URL + " quic://203.0.113.7:4121  address " + AGENT.address() + "  key " + AGENT.nodeId());
        assertThat(result.value("topic"))
                .isEqualTo("ai/one  address " + AGENT.address() + "  key " + Topics.keyOf("ai/one"));
        assertThat(result.value("profile")).startsWith("Babel  address ");
        assertThat(result.value("record"))
                .as("the one that has not expired")
                .startsWith("type 1, until 2")
                .endsWith("  key " + NodeId.ZERO);
    }

    @Test
    void theListIsJsonForScripts() throws Exception {
        JsonNode list = publications("list", filled(), "--json").json().get("publications");

        assertThat(list.findValuesAsText("kind")).containsExactly("endpoint", "topic", "profile", "record");
        assertThat(list.findValuesAsText("address"))
                .containsOnly(AGENT.address().toString());
        assertThat(list.at("/1/topic").textValue()).isEqualTo("ai/one");
        assertThat(list.at("/1/key").textValue())
                .isEqualTo(Topics.keyOf("ai/one").toString());
        assertThat(list.at("/0/endpoints/0").textValue()).isEqualTo(URL);
        assertThat(list.at("/3/until").textValue()).startsWith("2");
    }

    @Test
    void whatIsChosenEnds() throws Exception {
        Path directory = filled();
        assertThat(publications("end", directory, "--topic", "ai/one").value("ended"))
                .isEqualTo("1 publication");
        assertThat(publications("end", directory, "--key", AGENT.nodeId().toHex(), "--json")
                        .json()
                        .get("ended")
                        .intValue())
                .isEqualTo(2);
        assertThat(publications("list", directory).outLines())
                .singleElement()
                .asString()
                .startsWith("record  ");
        assertThat(publications("end", directory, "--all").value("ended")).isEqualTo("1 publication");
        assertThat(publications("list", directory).out())
                .isEqualToIgnoringNewLines("no publications are kept in " + directory);
    }

    @Test
    void whatIsNotThereCannotEnd() throws Exception {
        Path directory = filled();
        assertFailed(
                publications("end", directory, "--topic", "ai/two"),
                1,
                "no such publication is kept in " + directory + "; see a2al publications list --data " + directory);
        assertThat(publications("list", directory).outLines()).hasSize(4);
        Path nowhere = folder.resolve("nowhere");
        assertFailed(
                publications("list", nowhere),
                4,
                "there is no directory " + nowhere + "; name a node's data directory");
        assertThat(nowhere).doesNotExist();
    }

    @Test
    void aDamagedFileIsNamed() throws Exception {
        Path directory = filled();
        Path file = directory.resolve("publications");
        Files.writeString(file, "[]");

        assertFailed(
                publications("end", directory, "--all"),
                4,
                "file " + file + " is damaged: it is no file of publications; move it away, or start"
                        + " the node, which renames it");
        assertThat(file).hasContent("[]");
    }

    @Test
    void wrongUseIsNamed() {
        assertFailed(
                publications("end", folder, "--key", "12"),
                2,
                "not a key: \"12\"; write the 64 hexadecimal digits that the list shows"
                        + " (see a2al publications end --help)");
        assertThat(publications("end", folder).exitCode()).isEqualTo(2);
        assertThat(publications("end", folder, "--all", "--topic", "x").exitCode())
                .isEqualTo(2);
    }

    private static void assertFailed(Cli.Result result, int exitCode, String line) {
        assertThat(result.errLines()).containsExactly(line);
        assertThat(result.out()).isEmpty();
        assertThat(result.exitCode()).isEqualTo(exitCode);
    }
}
