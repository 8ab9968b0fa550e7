package io.a2al.dht;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Identity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

    private final SecureRandom random = new SecureRandom();

    @TempDir
    private Path folder;

    @Test
    void theIdentityIsMadeOnceAndKept() throws Exception {
        Path directory = folder.resolve("deep/data");
        Identity first;
        try (DataDirectory data = DataDirectory.open(directory)) {
            first = data.identity(random);
        }
        try (DataDirectory data = DataDirectory.open(directory)) {
            assertThat(data.identity(random).address()).isEqualTo(first.address());
        }
    }

    @Test
    void onlyTheOwnerMayReadIt() throws Exception {
        try (DataDirectory data = DataDirectory.open(folder)) {
            data.identity(random);
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("identity.key"))))
                .isEqualTo("rw-------");
    }

    @Test
    void aSecondNodeIsRefused() throws Exception {
        try (DataDirectory _ = DataDirectory.open(folder)) {
            assertThatThrownBy(() -> DataDirectory.open(folder))
                    .isInstanceOf(DataDirectoryException.class)
                    .hasMessage("data directory " + folder
                            + " is in use by another node; stop that node, or give this one another directory");
        }
        DataDirectory.open(folder).close();
    }

    @Test
    void aDamagedIdentityIsRefusedLeftAloneAndNotShown() throws Exception {
        Path file = folder.resolve("identity.key");
        Identity identity = TestNodes.identity("damaged");
        String seed = Bytes.copyOf(identity.exportSeed()).toHex();
        String flipped = (seed.charAt(0) == '0' ? '1' : '0') + seed.substring(1);
        List<String> damages = List.of(
                "",
                "a2al identity 1\n" + seed + "\n",
                "a2al identity 1\n" + flipped + "\n" + identity.address() + "\n",
                "a2al identity 1\n" + seed.substring(1) + "\n" + identity.address() + "\n",
                "a2al identity 2\n" + seed + "\n" + identity.address() + "\n",
                "a2al identity 1\nnot hexadecimal\n" + identity.address() + "\n");
        try (DataDirectory data = DataDirectory.open(folder)) {
            for (String damage : damages) {
                Files.writeString(file, damage);

                assertThatThrownBy(() -> data.identity(random))
                        .isInstanceOf(DataDirectoryException.class)
                        .hasMessage("identity file " + file
                                + " is damaged; restore it from a backup, or move it away to get a new identity and"
                                + " address")
                        .hasNoCause();
                assertThat(Files.readString(file)).isEqualTo(damage);
            }
            Files.writeString(file, "a2al identity 1\n" + seed + "\n" + identity.address() + "\n");
            assertThat(data.identity(random).address()).isEqualTo(identity.address());
        }
    }

    @Test
    void aDirectoryThatCannotBeWrittenIsRefused() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> DataDirectory.open(file.resolve("data")))
                .isInstanceOf(DataDirectoryException.class)
                .hasMessageStartingWith("data directory " + file.resolve("data") + " cannot be written: ")
                .hasMessageEndingWith("; give the node's user access to it, or choose another directory");
    }

    @Test
    void aLeftoverOfAnInterruptedWriteDoesNotMatter() throws Exception {
        Files.writeString(folder.resolve("identity.key.tmp"), "half");
        try (DataDirectory data = DataDirectory.open(folder)) {
            Identity made = data.identity(random);
            assertThat(data.identity(random).address()).isEqualTo(made.address());
        }
        assertThat(folder.resolve("identity.key.tmp")).doesNotExist();
    }
}
