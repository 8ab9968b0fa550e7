package io.a2al.protocol.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;

/** Checks who may read a file, by its permissions or, as on Windows, by its access list. */
public final class OwnerOnly {

    private OwnerOnly() {}

    /** Fails if any user but the owner may read or write the file. */
    public static void assertOwnerOnly(Path file) throws IOException {
        PosixFileAttributeView posix = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (posix != null) {
            assertThat(PosixFilePermissions.toString(posix.readAttributes().permissions()))
                    .isEqualTo("rw-------");
            return;
        }
        AclFileAttributeView list = Files.getFileAttributeView(file, AclFileAttributeView.class);
        assertThat(list.getAcl()).extracting(AclEntry::principal).containsOnly(list.getOwner());
    }
}
