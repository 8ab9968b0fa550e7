package io.a2al.dht.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2al.dht.TestNodes;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.AgentProfilePayload;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.RecordPayload;
import io.a2al.protocol.record.RecordSigner;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.TopicPayload;
import io.a2al.protocol.record.Topics;
import io.a2al.protocol.testing.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicationFileTest {

    private static final Identity AGENT = TestNodes.identity("agent");
    private static final EndpointPayload ENDPOINT = EndpointPayload.of(List.of("quic://203.0.113.7:4121"));

    @TempDir
    private Path folder;

    private Path path;
    private PublicationFile file;

    @BeforeEach
    void name() {
        path = folder.resolve("publications");
        file = new PublicationFile(path);
    }

    private static KeptPublication renewed(RecordPayload payload) {
        return new KeptPublication.Renewed(AGENT.address(), payload);
    }

    private static SignedRecord record(long timestamp, long ttl) throws Exception {
        return RecordSigner.self(AGENT.newSigner()).sign(ENDPOINT, 1, timestamp, ttl);
    }

    @Test
    void everyKindIsReadBackInItsOrder() throws Exception {
        List<KeptPublication> all = List.of(
                renewed(ENDPOINT),
                new KeptPublication.Ready(NodeId.ZERO, record(1_700_000_000, 3600)),
                renewed(TopicPayload.of("weather", "Babel", List.of("mcp"), List.of("de"))
                        .withBrief("hi")),
                renewed(AgentProfilePayload.of("Babel", List.of("mcp"), List.of("translation"))));

        file.write(all);

        assertThat(file.read()).isEqualTo(all);
        assertThat(file.read())
                .extracting(KeptPublication::key)
                .containsExactly(AGENT.nodeId(), NodeId.ZERO, Topics.keyOf("weather"), AGENT.nodeId());
        assertThat(file.read()).extracting(KeptPublication::type).containsExactly(1, 1, 16, 2);
        assertThat(file.read()).extracting(KeptPublication::address).containsOnly(AGENT.address());
    }

    @Test
    void onlyItsOwnerReadsItAndNoSecretIsInIt() throws Exception {
        file.write(List.of(renewed(ENDPOINT)));

        OwnerOnly.assertOwnerOnly(path);
        assertThat(Files.readString(path).replaceAll("\\s", ""))
                .isEqualTo("{\"version\":1,\"publications\":[{\"address\":\"" + AGENT.address()
                        + "\",\"type\":1,\"payload\":\""
                        + Base64.getEncoder().encodeToString(ENDPOINT.encode().toArray()) + "\"}]}");
        assertThat(folder).isDirectoryContaining(path::equals).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void aMissingFileIsAnEmptyOne() throws Exception {
        assertThat(file.read()).isEmpty();
    }

    @Test
    void otherMembersHaveNoMeaning() throws Exception {
        file.write(List.of(renewed(ENDPOINT)));
        Files.writeString(
                path,
                Files.readString(path)
                        .replace("{\n  \"version\"", "{\"x\":[[{}]],\"version\"")
                        .replace("\"type\"", "\"since\":{\"a\":1},\"type\""));

        assertThat(file.read()).containsExactly(renewed(ENDPOINT));
    }

    @Test
    void aRecordExpiresAfterItsTimeToLive() throws Exception {
        KeptPublication.Ready ready = new KeptPublication.Ready(NodeId.ZERO, record(1000, 50));

        assertThat(ready.isExpiredAt(999)).isFalse();
        assertThat(ready.isExpiredAt(1050)).isFalse();
        assertThat(ready.isExpiredAt(1051)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "not JSON",
                "{\"version\":1}x{",
                // The beginning of this looks like UTF-32.
                "\u0000\u0000\u0000\t{\"pu",
                "{\"version\":0,\"publications\":[]}",
                "{\"version\":\"1\",\"publications\":[]}",
                "{\"version\":99999999999999999999,\"publications\":[]}",
                "{\"publications\":[]}",
                "{\"version\":1,\"publications\":7}",
                "{\"version\":1,\"publications\":[7]}",
                "{\"version\":1,\"publications\":[{}]}",
                "{\"version\":1,\"publications\":[{\"type\":1,\"payload\":\"\",\"address\":\"A0\"}]}",
                "{\"version\":1,\"publications\":[{\"type\":200,\"payload\":\"\"}]}",
                "{\"version\":1,\"publications\":[{\"key\":\"00\",\"record\":\"!\"}]}",
                "{\"version\":1,\"publications\":[{\"key\":\"00\",\"record\":\"oA==\"}]}",
                "{\"version\":1,\"publications\":["
            })
    void anythingElseIsDamage(String content) throws Exception {
        Files.writeString(path, content);

        assertThatThrownBy(file::read).isInstanceOf(DamagedFileException.class);
    }

    @Test
    void moreThanANodeCanKeepIsDamage() throws Exception {
        file.write(Stream.generate(() -> renewed(ENDPOINT)).limit(8192).toList());
        assertThat(file.read()).hasSize(8192);

        file.write(Stream.generate(() -> renewed(ENDPOINT)).limit(8193).toList());
        assertThatThrownBy(file::read).isInstanceOf(DamagedFileException.class);
    }

    /** It is left alone, so that a newer program finds it again. */
    @Test
    void aFileOfALaterVersionIsNotDamaged() throws Exception {
        Files.writeString(path, "{\"version\":2,\"publications\":{}}");

        assertThatThrownBy(file::read)
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(DamagedFileException.class)
                .hasMessage("it has version 2, and this program reads version 1; use a newer program");
    }
}
