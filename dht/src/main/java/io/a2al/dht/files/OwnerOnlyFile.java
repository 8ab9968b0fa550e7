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
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;

/**
 * Small files that nobody but their owner may read, where the file system knows permissions. Stateless and thread-safe;
 * two writers of one file are the callers' to prevent.
 */
public final class OwnerOnlyFile {

    /** Far more than any key, proof or passphrase needs. */
    private static final int MAX_LENGTH = 1 << 17;

    private static final int BUFFER = 1 << 16;

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private OwnerOnlyFile() {}

    /**
     * Reads a small file. The caller wipes the result if it is secret.
     *
     * @throws NoSuchFileException if there is none
     * @throws IOException if it cannot be read, or is too long to be a key, a proof or a passphrase
     */
    public static byte[] read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(MAX_LENGTH + 1);
            if (content.length > MAX_LENGTH) {
                Arrays.fill(content, (byte) 0);
                throw new IOException("longer than " + MAX_LENGTH + " bytes");
            }
            return content;
        }
    }

    /**
     * Writes a file that must not exist yet.
     *
     * @throws FileAlreadyExistsException if it does; it is left alone
     */
    public static void create(Path file, byte[] content) throws IOException {
        write(file, out -> out.write(content));
    }

    /** What goes into a file. */
    @FunctionalInterface
    public interface Content {
        /** Writes all of it; what is written in small pieces is collected. */
        void writeTo(OutputStream out) throws IOException;
    }

    /** Writes a file so that after a crash either all of it is there or nothing has changed. */
    public static void replace(Path file, byte[] content) throws IOException {
        replace(file, out -> out.write(content));
    }

    /** The same for what need not be in memory as a whole. */
    public static void replace(Path file, Content content) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        Files.deleteIfExists(temporary);
        try {
            write(temporary, content);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            Files.deleteIfExists(temporary);
            throw e;
        }
    }

    private static void write(Path file, Content content) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), permissionsIn(folderOf(file)))) {
            // Not closed, as that would close the file before it is on the disk.
            OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
            content.writeTo(out);
            out.flush();
            channel.force(true);
        }
    }

    private static Path folderOf(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        return folder == null ? file : folder;
    }

    /** What a file made in {@code folder} is to be created with; nothing where the file system knows no permissions. */
    public static FileAttribute<?>[] permissionsIn(Path folder) throws IOException {
        boolean posix = Files.getFileStore(folder).supportsFileAttributeView("posix");
        return posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
    }

    /** Why the system refused, in words for people; the exceptions of files often hold nothing but a path. */
    public static String reason(IOException refusal) {
        return switch (refusal) {
            case AccessDeniedException _ -> "permission denied";
            case NoSuchFileException _ -> "no such file";
            case FileAlreadyExistsException _ -> "it exists already";
            default -> String.valueOf(refusal.getMessage());
        };
    }
}
