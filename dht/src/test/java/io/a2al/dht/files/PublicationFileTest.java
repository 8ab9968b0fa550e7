package io.a2al.dht.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2al.dht.TestNodes;
import io.a2al.dht.files.PublicationFile.Change;
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
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicationFileTest {

    private static final Identity AGENT = TestNodes.identity("agent");
    private static final EndpointPayload ENDPOINT = EndpointPayload.of(List.of("quic://203.0.113.7:4121"));

    private static final String ENDPOINT_LINE = "{\"address\":\"" + AGENT.address() + "\",\"type\":1,\"payload\":\""
            + Base64.getEncoder().encodeToString(ENDPOINT.encode().toArray()) + "\"}";

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

        assertThat(file.read().publications()).isEqualTo(all);
        assertThat(file.read().publications())
                .extracting(KeptPublication::key)
                .containsExactly(AGENT.nodeId(), NodeId.ZERO, Topics.keyOf("weather"), AGENT.nodeId());
        assertThat(file.read().publications()).extracting(KeptPublication::type).containsExactly(1, 1, 16, 2);
        assertThat(file.read().publications())
                .extracting(KeptPublication::address)
                .containsOnly(AGENT.address());
    }

    @Test
    void onlyItsOwnerReadsItAndNoSecretIsInIt() throws Exception {
        file.write(List.of(renewed(ENDPOINT)));

        OwnerOnly.assertOwnerOnly(path);
        assertThat(Files.readString(path).replaceAll("\\s", "")).isEqualTo("{\"version\":2}" + ENDPOINT_LINE);
        assertThat(folder).isDirectoryContaining(path::equals).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void aMissingFileIsAnEmptyOne() throws Exception {
        assertThat(file.read().publications()).isEmpty();
    }

    @Test
    void otherMembersHaveNoMeaning() throws Exception {
        Files.writeString(
                path,
                "{\"x\":[[{}]],\"version\":1,\"publications\":["
                        + ENDPOINT_LINE.replace("\"type\"", "\"since\":{\"a\":1},\"type\"") + "]}");
        assertThat(file.read().publications()).containsExactly(renewed(ENDPOINT));

        file.write(List.of(renewed(ENDPOINT)));
        Files.writeString(path, Files.readString(path).replace("\"type\"", "\"since\":{\"a\":1},\"type\""));
        assertThat(file.read().publications()).containsExactly(renewed(ENDPOINT));
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

    private static KeptPublication topic(int number) {
        return renewed(TopicPayload.of("topic " + number, "Babel", List.of(), List.of()));
    }

    @Test
    void aFileOfVersion1IsReadAndReplaced() throws Exception {
        Files.writeString(path, "{\n  \"version\" : 1,\n  \"publications\" : [ " + ENDPOINT_LINE + " ]\n}\n");
        assertThat(file.read().publications()).containsExactly(renewed(ENDPOINT));

        assertThat(file.append(List.of(new Change(topic(1), false)), 2)).isFalse();
        file.write(List.of(renewed(ENDPOINT), topic(1)));
        assertThat(new PublicationFile(path).read().publications()).containsExactly(renewed(ENDPOINT), topic(1));
    }

    /** What a change costs does not depend on how many there are; bytes are counted, as time is not to be relied on. */
    @Test
    void manyMoreThanAFileOfVersion1HadAreKeptAndAChangeAddsALine() throws Exception {
        List<KeptPublication> many =
                IntStream.range(0, 20_000).mapToObj(PublicationFileTest::topic).toList();
        file.write(many);
        byte[] before = Files.readAllBytes(path);

        assertThat(file.append(List.of(new Change(many.getFirst(), true)), many.size() - 1))
                .isTrue();
        assertThat(file.append(List.of(new Change(renewed(ENDPOINT), false)), many.size()))
                .isTrue();

        byte[] after = Files.readAllBytes(path);
        assertThat(after).startsWith(before).hasSizeLessThan(before.length + 600);
        List<KeptPublication> expected = new ArrayList<>(many.subList(1, many.size()));
        expected.add(renewed(ENDPOINT));
        assertThat(new PublicationFile(path).read()).isEqualTo(new PublicationFile.Content(expected, 0));
    }

    @Test
    void aLineThatACrashCutOffIsNone() throws Exception {
        file.write(List.of(topic(1)));
        assertThat(file.append(List.of(new Change(topic(2), false)), 2)).isTrue();
        String whole = Files.readString(path);
        for (int cut : new int[] {1, 20, 100}) {
            Files.writeString(path, whole.substring(0, whole.length() - cut));

            assertThat(file.read()).isEqualTo(new PublicationFile.Content(List.of(topic(1)), 0));
            assertThat(file.append(List.of(new Change(topic(3), false)), 2))
                    .as("nothing is added to half a line")
                    .isFalse();
        }
    }

    @Test
    void aFileThatAnotherHasWrittenIsNotAddedTo() throws Exception {
        assertThat(file.append(List.of(new Change(topic(1), false)), 1)).isFalse();
        file.write(List.of(topic(1)));
        Files.writeString(path, "{}\n", StandardOpenOption.APPEND);
        assertThat(file.append(List.of(new Change(topic(2), false)), 2)).isFalse();

        file.write(List.of(topic(1)));
        Files.delete(path);
        assertThat(file.append(List.of(new Change(topic(2), false)), 2)).isFalse();
        assertThat(path).doesNotExist();
    }

    @Test
    void aFileOfMostlyEndedPublicationsIsNotAddedTo() throws Exception {
        List<Change> ended = Collections.nCopies(1000, new Change(topic(1), true));
        file.write(List.of(topic(1)));

        assertThat(file.append(ended, 0)).isTrue();
        assertThat(file.append(ended, 0)).isFalse();
        assertThat(file.append(ended, 1000)).isTrue();
        assertThat(file.read().publications()).isEmpty();
    }

    @Test
    void damagedLinesAreCountedAndTheOthersRead() throws Exception {
        file.write(List.of(topic(1), topic(2), topic(3)));
        List<String> lines = new ArrayList<>(Files.readAllLines(path));
        lines.set(2, lines.get(2).replace("address", "adress"));
        lines.add("");
        lines.add("\u0000".repeat(70_000));
        lines.add(ENDPOINT_LINE + "{}");
        Files.write(path, lines);

        assertThat(file.read()).isEqualTo(new PublicationFile.Content(List.of(topic(1), topic(3)), 4));
    }

    /** It is left alone, so that a newer program finds it again. */
    @Test
    void aFileOfALaterVersionIsNotDamaged() throws Exception {
        for (String content : List.of("{\"version\":3,\"publications\":{}}", "{\"version\":3}\n!\n")) {
            Files.writeString(path, content);

            assertThatThrownBy(file::read)
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(DamagedFileException.class)
                    .hasMessage("it has version 3, and this program reads version 2; use a newer program");
        }
    }
}
