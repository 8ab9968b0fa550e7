package io.a2al.dht.files;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes small files that only their owner may read, where files have permissions or access lists.
 * Stateless and thread-safe, but callers must not write one file at the same time.
 */
public final class OwnerOnlyFile {

    /** Longest content to read, in bytes; far more than any key, proof or passphrase needs. */
    private static final int MAX_LENGTH = 1 << 17;

    private static final int BUFFER = 1 << 16;

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private OwnerOnlyFile() {}

    /**
     * Reads a small file. The caller wipes the result if it is secret.
     *
     * @throws NoSuchFileException if it does not exist
     * @throws IOException if it cannot be read, or is too long to be a key, a proof or a passphrase
     */
    public static byte[] read(Path file) throws IOException {
        try {
            return read(file, MAX_LENGTH);
        } catch (DamagedFileException tooLong) {
            throw new IOException("longer than " + MAX_LENGTH + " bytes", tooLong);
        }
    }

    /**
     * Reads a file of at most {@code longest} bytes.
     *
     * @throws NoSuchFileException if it does not exist
     * @throws DamagedFileException if it is longer
     * @throws IOException if it cannot be read
     */
    public static byte[] read(Path file, int longest) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(longest + 1);
            if (content.length > longest) {
                Arrays.fill(content, (byte) 0);
                throw new DamagedFileException("it is longer than " + longest + " bytes");
            }
            return content;
        }
    }

    /**
     * Writes a file that must not exist yet; it is on the disk when this returns.
     *
     * @throws FileAlreadyExistsException if it exists; it is not changed
     */
    public static void create(Path file, byte[] content) throws IOException {
        write(file, out -> out.write(content));
        forceFolderOf(file);
    }

    /** The content of a file. */
    @FunctionalInterface
    public interface Content {
        /** Writes all of it. The stream is buffered. */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Replaces a file so that after a crash either all of the new content is there or nothing has changed; the new
     * content is on the disk when this returns.
     */
    public static void replace(Path file, byte[] content) throws IOException {
        replace(file, out -> out.write(content));
    }

    /** The same for content that need not be in memory as a whole. */
    public static void replace(Path file, Content content) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        Files.deleteIfExists(temporary);
        try {
            write(temporary, content);
            move(temporary, file);
        } catch (IOException e) {
            Files.deleteIfExists(temporary);
            throw e;
        }
    }

    private static void write(Path file, Content content) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), permissionsIn(folderOf(file)))) {
            leaveToOwner(Files.getFileAttributeView(file, AclFileAttributeView.class));
            // Not closed, as that would close the channel before force().
            OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
            content.writeTo(out);
            out.flush();
            channel.force(true);
        }
    }

    /**
     * Takes a file that is still empty from everyone but its owner, where files have access lists instead of
     * permissions, as on Windows.
     *
     * @param list of the file; null where there are none
     */
    static void leaveToOwner(@Nullable AclFileAttributeView list) {
        if (list == null) {
            return;
        }
        try {
            list.setAcl(List.of(AclEntry.newBuilder()
                    .setType(AclEntryType.ALLOW)
                    .setPrincipal(list.getOwner())
                    .setPermissions(EnumSet.allOf(AclEntryPermission.class))
                    .build()));
        } catch (IOException noAccessLists) {
            // A disk without any, such as one of a camera: as on a file system without permissions.
            return;
        }
    }

    /** Renames a file in its folder, in place of another one; that is on the disk when this returns. */
    static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceFolderOf(to);
    }

    /** A file that is forced to the disk may still be lost with its name, which is in the folder. */
    private static void forceFolderOf(Path file) throws IOException {
        FileChannel folder;
        try {
            folder = FileChannel.open(folderOf(file), StandardOpenOption.READ);
        } catch (IOException notOnThisSystem) {
            // Windows opens no folder, and needs no force for names.
            return;
        }
        try (folder) {
            folder.force(true);
        }
    }

    private static Path folderOf(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        return folder == null ? file : folder;
    }

    /**
     * Renames a damaged file to the same name with the suffix {@code .damaged}, in place of an earlier one.
     *
     * @return the new path
     * @throws IOException if it cannot be renamed
     */
    public static Path setAside(Path file) throws IOException {
        Path aside = file.resolveSibling(file.getFileName() + ".damaged");
        move(file, aside);
        return aside;
    }

    /**
     * Returns the attributes for creating a file in {@code folder}; none where the file system has no permissions. Does
     * not ask on what device the folder is: a chroot without {@code /proc} cannot tell, and files can be written there.
     */
    public static FileAttribute<?>[] permissionsIn(Path folder) {
        boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
    }

    /** Returns the reason for a failure in words; the exceptions of files often contain only a path. */
    public static String reason(IOException refusal) {
        return switch (refusal) {
            case AccessDeniedException _ -> "permission denied";
            case NoSuchFileException _ -> "no such file";
            case FileAlreadyExistsException _ -> "it exists already";
            case NotDirectoryException _ -> "it is no directory";
            default -> String.valueOf(refusal.getMessage());
        };
    }
}
