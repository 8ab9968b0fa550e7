package io.a2al.app.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.app.Cli;
import io.a2al.dht.Agent;
import io.a2al.dht.DhtNode;
import io.a2al.dht.files.DataDirectory;
import io.a2al.dht.files.DeliveredMail;
import io.a2al.dht.files.KeptPublication;
import io.a2al.dht.files.PublicationFile;
import io.a2al.dht.files.RecordFiles;
import io.a2al.dht.transport.MemoryNetwork;
import io.a2al.dht.transport.TimeSource;
import io.a2al.http.registry.AgentRegistry;
import io.a2al.http.registry.RegistryFiles;
import io.a2al.http.registry.RegistrySettings;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.delegation.DelegationProof;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.RecordSigner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DataCommandsTest {

    @TempDir
    private Path folder;

    private Path filled(String name, int records) throws Exception {
        Path directory = folder.resolve(name);
        try (DataDirectory data = DataDirectory.open(directory);
                DhtNode node = DhtNode.builder()
                        .identity(data.identity(new SecureRandom()))
                        .transport(new MemoryNetwork().newTransport())
                        .storeFile(data.storeFile())
                        .build()
                        .start()) {
            for (int i = 0; i < records; i++) {
                Identity publisher = Identity.generate(new SecureRandom());
                node.store()
                        .put(
                                NodeId.ZERO,
                                RecordSigner.self(publisher.newSigner())
                                        .sign(
                                                EndpointPayload.of(List.of("quic://agent.example:4121")),
                                                1,
                                                TimeSource.SYSTEM.now().unixSeconds() - 1,
                                                3600));
            }
        }
        return directory;
    }

    @Test
    void aWholeDirectoryIsReported() throws Exception {
        Cli.Result result = Cli.run("data", "check", filled("node", 3).toString(), "--json");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("\"records\":3", "\"lost\":0").doesNotContain("damage");
    }

    @Test
    void theLayoutAndTheOtherFilesAreReportedAndNotChanged() throws Exception {
        Path directory = filled("node", 0);
        Files.writeString(directory.resolve("contacts"), "{\"contacts\":[{\"address\":\"192.0.2.1:7\"}]}");
        Files.writeString(directory.resolve("seen-peers"), "");

        Cli.Result whole = Cli.run("data", "check", directory.toString());
        assertThat(whole.value("layout")).isEqualTo("2");
        assertThat(whole.value("contacts")).isEqualTo("1 contacts, network of about 0 nodes");
        assertThat(whole.value("seen-peers")).isEqualTo("0 nodes");
        assertThat(whole.value("mail-delivered")).isEqualTo("none");

        Files.writeString(directory.resolve("contacts"), "half");
        Cli.Result damaged = Cli.run("data", "check", directory.toString(), "--json");
        assertThat(whole.exitCode()).isZero();
        assertThat(damaged.exitCode()).isEqualTo(1);
        assertThat(damaged.out()).contains("\"layout\":2", "\"contacts\":\"damaged: not a JSON object");
        assertThat(directory.resolve("contacts")).hasContent("half");
    }

    @Test
    void damageIsReportedOnceAndRepaired() throws Exception {
        // A second run writes beside the first, and leaves places in the file of which the damage does not matter.
        var _ = filled("node", 10);
        Path directory = filled("node", 10);
        assertThat(Cli.run("data", "compact", directory.toString()).exitCode()).isZero();
        Path file = directory.resolve("records");
        byte[] content = Files.readAllBytes(file);
        String text = new String(content, java.nio.charset.StandardCharsets.ISO_8859_1);
        content[text.indexOf("quic://agent.example")] ^= 1;
        Files.write(file, content);

        Cli.Result damaged = Cli.run("data", "check", directory.toString());
        Cli.Result repaired = Cli.run("data", "check", directory.toString());

        assertThat(damaged.exitCode()).isEqualTo(1);
        assertThat(damaged.out())
                .containsPattern("records +19\\R")
                .containsPattern("lost +1\\R")
                .contains("records.damaged");
        assertThat(repaired.exitCode()).isZero();
        assertThat(repaired.out()).containsPattern("records +19\\R").containsPattern("lost +0\\R");
    }

    @Test
    void recordsAreMovedToAnotherDirectory() throws Exception {
        Path file = folder.resolve("records.a2al");
        Path other = filled("other", 2);

        Cli.Result exported = Cli.run("data", "export", filled("node", 3).toString(), file.toString());
        Cli.Result again = Cli.run("data", "export", other.toString(), file.toString());
        Cli.Result imported = Cli.run("data", "import", other.toString(), file.toString());

        assertThat(exported.exitCode()).isZero();
        assertThat(again.exitCode()).isEqualTo(4);
        assertThat(again.err()).contains(file + " exists already");
        assertThat(imported.out()).contains("records  3");
        assertThat(Cli.run("data", "check", other.toString()).out()).contains("records  5");
    }

    /** A directory with an agent, a note that the agent was given, and a publication. */
    private Path hosting() throws Exception {
        Path directory = filled("host", 1);
        Identity owner = Identity.generate(new SecureRandom());
        Identity operational = Identity.generate(new SecureRandom());
        try (DataDirectory data = DataDirectory.open(directory)) {
            Identity identity = data.identity(new SecureRandom());
            RegistryFiles files = new RegistryFiles(data.agentsFile(), data.agentsMailFile(), identity);
            try (DhtNode node = DhtNode.builder()
                            .identity(identity)
                            .transport(new MemoryNetwork().newTransport())
                            .build()
                            .start();
                    AgentRegistry registry = AgentRegistry.open(node, Optional.of(files), RegistrySettings.DEFAULT)) {
                DelegationProof proof = DelegationProof.sign(owner.newSigner(), operational.publicKey(), 1, 0);
                registry.register(Agent.delegated(operational, proof), proof, "");
            }
            DeliveredMail given = new DeliveredMail(data.agentsMailFile());
            given.mark(owner.address(), Bytes.copyOf(new byte[16]), -1);
            given.write(0);
            new PublicationFile(data.publicationsFile())
                    .write(List.of(new KeptPublication.Renewed(
                            identity.address(), EndpointPayload.of(List.of("quic://agent.example:4121")))));
        }
        return directory;
    }

    @Test
    void everyFileIsNamedAndEncryptedOnesAreNotLookedInto() throws Exception {
        Path directory = hosting();

        Cli.Result whole = Cli.run("data", "check", directory.toString());
        assertThat(whole.value("agents")).isEqualTo("1 agents; their keys are encrypted and not looked into");
        assertThat(whole.value("agents-mail")).isEqualTo("1 notes");
        assertThat(whole.value("publications")).isEqualTo("1 publications");
        assertThat(whole.value("identity.key")).isEqualTo("an identity");
        assertThat(whole.value("identity.ed25519")).isEqualTo("none");
        assertThat(whole.value("delegation.proof")).isEqualTo("none");
        assertThat(whole.exitCode()).isZero();

        Files.writeString(directory.resolve("identity.ed25519"), "blob");
        Files.writeString(directory.resolve("contacts.damaged"), "half");
        assertThat(Cli.run("data", "check", directory.toString()).out())
                .contains("4 bytes, encrypted and not looked into", "contacts.damaged  set aside");
    }

    @Test
    void damagedAgentsAndPublicationsAreNamed() throws Exception {
        Path directory = hosting();
        Path agents = directory.resolve("agents");
        String content = Files.readString(agents);
        String address = content.replaceAll("(?s).*\"aid\" : \"([^\"]*)\".*", "$1");
        Files.writeString(agents, content.replaceFirst("\"delegation_proof\" : \"...", "\"delegation_proof\" : \"*"));
        Path publications = directory.resolve("publications");
        Files.writeString(publications, Files.readString(publications) + "half\n");

        Cli.Result damaged = Cli.run("data", "check", directory.toString());
        assertThat(damaged.exitCode()).isEqualTo(1);
        assertThat(damaged.value("agents"))
                .startsWith("damaged: 0 agents, and 1 entries that cannot be read: " + address);
        assertThat(damaged.value("publications")).startsWith("damaged: 1 of its lines cannot be read");

        Files.writeString(agents, "half");
        assertThat(Cli.run("data", "check", directory.toString()).value("agents"))
                .startsWith("damaged: it is no JSON");
    }

    @Test
    void whatTheNodeDoesForOthersIsMovedToAnotherDirectory() throws Exception {
        Path directory = hosting();
        Path file = folder.resolve("content.a2al");
        Path other = filled("other", 0);
        Files.writeString(other.resolve("publications"), "mine");

        assertThat(Cli.run("data", "export", directory.toString(), file.toString())
                        .value("files"))
                .isEqualTo("publications, agents, agents-mail");
        Cli.Result imported = Cli.run("data", "import", other.toString(), file.toString());

        assertThat(imported.value("files")).isEqualTo("agents, agents-mail");
        assertThat(imported.err()).startsWith("not taken, as the directory has others: publications");
        assertThat(imported.exitCode()).isEqualTo(1);
        assertThat(other.resolve("publications")).hasContent("mine");
        for (String name : List.of("agents", "agents-mail")) {
            assertThat(other.resolve(name)).hasSameBinaryContentAs(directory.resolve(name));
        }
        Files.delete(other.resolve("publications"));
        Files.delete(other.resolve("agents"));
        Files.delete(other.resolve("agents-mail"));
        assertThat(Cli.run("data", "import", other.toString(), file.toString()).exitCode())
                .isZero();
        assertThat(other.resolve("publications")).hasSameBinaryContentAs(directory.resolve("publications"));
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactlyInAnyOrder(directory, other, file);
        }
    }

    @Test
    void anExportOfRecordsAloneIsImported() throws Exception {
        Path file = folder.resolve("records.a2al");
        new RecordFiles(filled("node", 2).resolve("records"), _ -> {}).exportTo(file);

        assertThat(Cli.run("data", "import", filled("other", 0).toString(), file.toString())
                        .value("records"))
                .isEqualTo("2");
    }

    @Test
    void compactingKeepsEveryRecord() throws Exception {
        Path directory = filled("node", 3);

        assertThat(Cli.run("data", "compact", directory.toString()).out()).contains("before", "after");
        assertThat(Cli.run("data", "check", directory.toString()).out()).contains("records  3");
    }

    @Test
    void whatCannotBeUsedIsSaid() throws Exception {
        Path missing = folder.resolve("missing");
        Path directory = filled("node", 0);
        Path diary = folder.resolve("diary");
        Files.writeString(diary, "dear diary");

        assertThat(Cli.run("data", "check", missing.toString()).err()).contains("there is no directory " + missing);
        assertThat(Cli.run("data", "import", directory.toString(), missing.toString())
                        .err())
                .contains("there is no file " + missing);
        assertThat(Cli.run("data", "import", directory.toString(), diary.toString())
                        .err())
                .contains("not a file of records");
        try (DataDirectory used = DataDirectory.open(directory)) {
            assertThat(Cli.run("data", "check", used.path().toString()).err()).contains("in use by another node");
        }
    }
}
