package io.a2al.dht.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2al.core.api.KnownNetwork;
import io.a2al.core.api.KnownNetwork.Peer;
import io.a2al.core.api.KnownNetwork.Size;
import io.a2al.dht.files.DamagedFileException;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.testing.OwnerOnly;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SavedContactsTest {

    private static final Size SIZE = new Size(300, 1_700_000_000L);

    @TempDir
    private Path folder;

    private Path path;
    private SavedContacts saved;

    @BeforeEach
    void open() {
        path = folder.resolve("contacts");
        saved = new SavedContacts(path);
    }

    private static NodeId id(int number) {
        return NodeId.ofHash(new byte[] {(byte) (number >> 8), (byte) number});
    }

    private static Peer peer(int number) {
        Endpoint at = Endpoint.of(new byte[] {10, 0, (byte) (number >> 8), (byte) number}, 4121);
        return new Peer(id(number), at, 1_234_000, 1_700_000_000L + number);
    }

    private static KnownNetwork known(int from, int to) {
        return new KnownNetwork(
                IntStream.range(from, to).mapToObj(SavedContactsTest::peer).toList(), SIZE);
    }

    private static List<String> addresses(int from, int to) {
        return known(from, to).peers().stream()
                .map(peer -> peer.endpoint().toString())
                .toList();
    }

    @Test
    void whatIsKnownIsReadAsItWasWritten() throws Exception {
        byte[] ip = new byte[16];
        ip[0] = 0x20;
        ip[15] = 1;
        Peer overIpv6 = new Peer(id(1), Endpoint.of(ip, 9), 0, 0);
        KnownNetwork written = new KnownNetwork(List.of(overIpv6, peer(2)), SIZE);

        saved.update(written);

        assertThat(saved.read().known()).isEqualTo(written);
        assertThat(path)
                .content()
                .startsWith("{\"version\":1,\"network_size\":{\"nodes\":300,\"estimated\":1700000000},\"contacts\":[\n")
                .contains("\n{\"address\":\"[2000:0:0:0:0:0:0:1]:9\",\"node_id\":\"" + id(1).toHex()
                        + "\",\"rtt_us\":0,\"heard\":0}\n,")
                .endsWith("\"rtt_us\":1234,\"heard\":1700000002}]}\n");
        OwnerOnly.assertOwnerOnly(path);
    }

    @Test
    void theBestComeFirstAndOldOnesFillUpToTheLimit() throws Exception {
        saved.update(known(0, 800));
        saved.update(known(600, 1400));
        assertThat(saved.read().addresses())
                .hasSize(SavedContacts.MAX_PEERS)
                .startsWith("10.0.2.88:4121")
                .endsWith("10.0.0.223:4121");
        assertThat(path).content().hasLineCount(1 + SavedContacts.MAX_PEERS);
        saved.update(known(0, 2000));
        assertThat(saved.read().addresses()).isEqualTo(addresses(0, SavedContacts.MAX_PEERS));
    }

    @Test
    void aContactThatMovedIsListedOnce() throws Exception {
        saved.update(known(1, 3));
        Peer moved = new Peer(id(1), Endpoint.of(new byte[] {10, 1, 1, 1}, 7), 0, 0);
        saved.update(new KnownNetwork(List.of(moved), SIZE));
        assertThat(saved.read().addresses()).containsExactly("10.1.1.1:7", "10.0.0.2:4121");
    }

    @Test
    void aNodeWithoutContactsKeepsTheSavedOnes() throws Exception {
        saved.update(known(0, 3));
        saved.update(known(0, 0));
        assertThat(saved.read().addresses()).isEqualTo(addresses(0, 3));
    }

    @Test
    void theFormerFormIsReadAndReplaced() throws Exception {
        Files.writeString(path, "{\"peers\": [\"a.test:1\", \"192.0.2.1:7\"], \"x\": [[]]}");
        assertThat(saved.read().contacts())
                .containsExactly(
                        new SavedContacts.Saved("a.test:1", Optional.empty(), 0, 0),
                        new SavedContacts.Saved("192.0.2.1:7", Optional.empty(), 0, 0));
        assertThat(saved.read().known().peers()).as("of unknown NodeID").isEmpty();

        saved.update(known(0, 1));
        assertThat(saved.read().addresses()).containsExactly("10.0.0.0:4121", "a.test:1", "192.0.2.1:7");
        assertThat(path).content().startsWith("{\"version\":1,");
    }

    @Test
    void membersThatAreMissingOrNewDoNotMatter() throws Exception {
        Files.writeString(path, "{\"peers\": null}");
        assertThat(saved.read().contacts()).isEmpty();
        Files.writeString(path, "{}");
        assertThat(saved.read().contacts()).isEmpty();
        Files.writeString(path, "{\"contacts\": [{\"new\": {\"address\": 1}, \"address\": \"192.0.2.1:7\"}]}");
        assertThat(saved.read().addresses()).containsExactly("192.0.2.1:7");
    }

    @Test
    void aMissingFileIsAnEmptyOne() throws Exception {
        assertThat(saved.read().contacts()).isEmpty();
        assertThat(saved.read().size()).isEqualTo(Size.UNKNOWN);
    }

    @Test
    void aLaterVersionIsNotGuessedAt() throws Exception {
        Files.writeString(path, "{\"version\": 2, \"contacts\": []}");
        assertThatThrownBy(saved::read)
                .isInstanceOf(DamagedFileException.class)
                .hasMessage("its version is 2, and this program knows none after 1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "\"x\"",
                "not JSON",
                // The beginning of this looks like UTF-32.
                "\u0000\u0000\u0000\t{\"pe",
                "{\"peers\": 7}",
                "{\"peers\": [7]}",
                "{\"peers\": [\"a:1\"",
                "{\"version\": \"1\"}",
                "{\"network_size\": 7}",
                "{\"network_size\": {\"nodes\": -1}}",
                "{\"contacts\": [{}]}",
                "{\"contacts\": [{\"address\": 7}]}",
                "{\"contacts\": [{\"address\": \"a:1\", \"node_id\": \"12\"}]}",
                "{\"contacts\": [{\"address\": \"a:1\", \"rtt_us\": 1e99}]}",
                "{\"contacts\": [{\"address\": \"a:1\", \"heard\": 99999999999999999999}]}",
            })
    void anythingElseIsDamagedAndReplaced(String content) throws Exception {
        Files.writeString(path, content);
        assertThatThrownBy(saved::read)
                .isInstanceOf(DamagedFileException.class)
                .hasMessage("not a JSON object with a list named \"contacts\" or \"peers\"");
        saved.update(known(0, 2));
        assertThat(saved.read().known()).isEqualTo(known(0, 2));
    }
}
