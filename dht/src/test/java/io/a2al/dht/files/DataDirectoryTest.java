package io.a2al.dht.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2al.dht.TestNodes;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.delegation.DelegationProof;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Map;
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
    void anEncryptedIdentityIsOpenedWithItsPassphraseAndNeverReplaced() throws Exception {
        Identity identity = TestNodes.identity("encrypted");
        try (DataDirectory data = DataDirectory.open(folder);
                Passphrase passphrase = Passphrase.of("open sesame".toCharArray())) {
            data.keys().keepEncrypted(identity, passphrase, random);

            assertThat(data.identity(random, PassphraseSource.text("open sesame"))
                            .address())
                    .isEqualTo(identity.address());
            assertThatThrownBy(() -> data.identity(random))
                    .isInstanceOf(KeyFileException.class)
                    .hasMessage("identity file " + folder.resolve("identity.ed25519")
                            + " is encrypted, and no passphrase was given");
        }
        assertThat(folder.resolve("identity.key")).doesNotExist();
    }

    @Test
    void theDelegationIsTheOneOfTheKeyFiles() throws Exception {
        Identity owner = TestNodes.identity("owner");
        Identity operator = TestNodes.identity("operator");
        DelegationProof proof = DelegationProof.sign(owner.newSigner(), operator.publicKey(), 1, 0);
        try (DataDirectory data = DataDirectory.open(folder)) {
            assertThat(data.delegation()).isEmpty();
            data.keys().keep(proof);
            assertThat(data.delegation()).contains(proof);
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

    /** Of a file system with permissions and of one without, neither of which is asked on what device it is. */
    @Test
    void filesAreOwnerOnlyWhereTheFileSystemHasPermissions() throws Exception {
        assertThat(OwnerOnlyFile.permissionsIn(folder)).hasSize(1);
        try (FileSystem archive = FileSystems.newFileSystem(folder.resolve("archive.zip"), Map.of("create", "true"))) {
            assertThat(OwnerOnlyFile.permissionsIn(archive.getPath("/"))).isEmpty();
        }
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
