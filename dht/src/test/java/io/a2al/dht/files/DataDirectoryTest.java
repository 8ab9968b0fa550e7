package io.a2al.dht.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2al.dht.TestNodes;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.delegation.DelegationProof;
import io.a2al.protocol.testing.OwnerOnly;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
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
        OwnerOnly.assertOwnerOnly(folder.resolve("identity.key"));
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

    @Test
    void aNewDirectoryHasTheCurrentLayout() throws Exception {
        try (DataDirectory data = DataDirectory.open(folder)) {
            assertThat(folder.resolve("layout")).hasContent("2\n");
            assertThat(data.contactsFile()).isEqualTo(folder.resolve("contacts"));
        }
    }

    @Test
    void contactsOfTheFormerLayoutAreMovedOnce() throws Exception {
        Path former = Files.writeString(folder.resolve("peers.json"), "{\"peers\":[\"192.0.2.1:7\"]}");

        DataDirectory.open(folder).close();

        assertThat(former).doesNotExist();
        assertThat(folder.resolve("contacts")).content().contains("192.0.2.1:7");
        assertThat(folder.resolve("layout")).hasContent("2\n");
    }

    /** The steps: the contacts are moved, the layout is written. */
    @Test
    void aCrashBetweenTheStepsLosesNothing() throws Exception {
        Path former = folder.resolve("peers.json");
        Path contacts = folder.resolve("contacts");
        Path layout = folder.resolve("layout");

        Files.writeString(contacts, "moved");
        Files.writeString(folder.resolve("layout.tmp"), "");
        DataDirectory.open(folder).close();
        assertThat(contacts).hasContent("moved");
        assertThat(layout).hasContent("2\n");

        Files.delete(contacts);
        Files.writeString(former, "not moved, as the disk wrote the layout first");
        DataDirectory.open(folder).close();
        assertThat(contacts).content().startsWith("not moved");
        assertThat(former).doesNotExist();
    }

    @Test
    void contactsThatAnEarlierProgramWroteSinceReplaceNothing() throws Exception {
        Files.writeString(folder.resolve("contacts"), "newer");
        Files.writeString(folder.resolve("peers.json"), "older");
        DataDirectory.open(folder).close();
        assertThat(folder.resolve("contacts")).hasContent("newer");
    }

    @Test
    void aLaterLayoutIsRefusedAndNothingIsChanged() throws Exception {
        Files.writeString(folder.resolve("layout"), "3\n");
        Path former = Files.writeString(folder.resolve("peers.json"), "{}");

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> DataDirectory.open(folder))
                    .isInstanceOf(DataDirectoryException.class)
                    .hasMessage("data directory " + folder + " has layout 3, and this program knows none after 2;"
                            + " use the program that wrote it or a later one, or choose another directory");
        }
        assertThat(former).exists();
        assertThat(folder.resolve("layout")).hasContent("3\n");
    }

    @Test
    void aDamagedLayoutIsSetAside() throws Exception {
        Files.writeString(folder.resolve("layout"), "two");
        DataDirectory.open(folder).close();
        assertThat(folder.resolve("layout")).hasContent("2\n");
        assertThat(folder.resolve("layout.damaged")).hasContent("two");
    }

    /** Directories stand in the way, as tests may run as a user that can write everywhere. */
    @Test
    void aDirectoryWhoseLayoutCannotBeWrittenIsUsedAsItIs() throws Exception {
        Files.createFile(Files.createDirectory(folder.resolve("layout.tmp")).resolve("file"));
        DataDirectory.open(folder).close();
        assertThat(folder.resolve("layout")).doesNotExist();
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
