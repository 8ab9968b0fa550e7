package io.a2al.dht.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2al.core.routing.SeenPeers.Seen;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.Topics;
import io.a2al.protocol.testing.OwnerOnly;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeenPeersFileTest {

    private static final NodeId A = Topics.keyOf("a");
    private static final NodeId B = Topics.keyOf("b");

    @TempDir
    private Path folder;

    private Path path() {
        return folder.resolve("seen-peers");
    }

    @Test
    void theFormatIsTheOriginalOne() throws Exception {
        SeenPeersFile file = new SeenPeersFile(path());
        file.write(List.of(new Seen(A, 1_700_000_000L), new Seen(B, 1_700_000_001L)));
        assertThat(path())
                .content(StandardCharsets.US_ASCII)
                .isEqualTo(A.toHex() + " 1700000000\n" + B.toHex() + " 1700000001\n");
        assertThat(A.toHex()).matches("[0-9a-f]{64}");
        assertThat(file.read()).containsExactly(new Seen(A, 1_700_000_000L), new Seen(B, 1_700_000_001L));
    }

    @Test
    void d38_onlyTheOwnerMayReadItAndNothingIsLeftOver() throws Exception {
        SeenPeersFile file = new SeenPeersFile(path());
        Files.writeString(folder.resolve("seen-peers.tmp"), "half");
        file.write(List.of(new Seen(A, 1)));
        OwnerOnly.assertOwnerOnly(path());
        assertThat(folder.resolve("seen-peers.tmp")).doesNotExist();
    }

    @Test
    void whatIsNoPeerIsSkipped() throws Exception {
        Files.write(
                path(),
                ("# a comment 5\n"
                                + "\n"
                                + "  \t" + A.toHex().toUpperCase(java.util.Locale.ROOT) + "\t -7 \r\n"
                                + A.toHex() + "\n"
                                + A.toHex() + " 1 2\n"
                                + A.toHex().substring(2) + " 1\n"
                                + A.toHex() + " soon\n"
                                + A.toHex() + " 9223372036854775808\n"
                                + "zz" + A.toHex().substring(2) + " 1\n"
                                + "\u00e4\u00ff \u0000\n"
                                + B.toHex() + " 2")
                        .getBytes(StandardCharsets.ISO_8859_1));
        assertThat(new SeenPeersFile(path()).read()).containsExactly(new Seen(A, -7), new Seen(B, 2));
    }

    @Test
    void aMissingFileIsAnEmptyOne() throws Exception {
        assertThat(new SeenPeersFile(path()).read()).isEmpty();
    }

    @Test
    void afterAFailureTheOldFileIsThere() throws Exception {
        Files.createDirectory(path());
        Files.createFile(path().resolve("in the way"));
        SeenPeersFile file = new SeenPeersFile(path());
        assertThatThrownBy(() -> file.write(List.of(new Seen(A, 1)))).isInstanceOf(IOException.class);
        assertThat(path().resolve("in the way")).exists();
        assertThat(folder.resolve("seen-peers.tmp")).doesNotExist();
    }
}
