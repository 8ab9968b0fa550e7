package io.a2al.dht;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Identity;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Where a node keeps its identity, for one process at a time. Opening it takes a lock that is given up by
 * {@link #close()}, or by the system when the process ends. Files are readable by their owner only, and replaced as a
 * whole or not at all. Thread-safe.
 *
 * <p>The identity file {@code identity.key} has three lines: a heading, 64 hexadecimal digits of the secret seed, and the
 * address that must come of it, so that a damaged file is noticed.
 */
public final class DataDirectory implements AutoCloseable {

    private static final String IDENTITY_FILE = "identity.key";
    private static final String LOCK_FILE = "lock";
    private static final String HEADING = "a2al identity 1";
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private final Path directory;
    private final FileChannel lockChannel;

    private DataDirectory(Path directory, FileChannel lockChannel) {
        this.directory = directory;
        this.lockChannel = lockChannel;
    }

    /**
     * Opens a directory, and creates it if it does not exist.
     *
     * @throws DataDirectoryException if it cannot be written, or another process has it open
     */
    public static DataDirectory open(Path directory) throws DataDirectoryException {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw unusable(directory, e);
        }
        Path lockFile = directory.resolve(LOCK_FILE);
        FileChannel channel;
        try {
            channel = FileChannel.open(
                    lockFile, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), ownerOnly(directory));
        } catch (IOException e) {
            throw unusable(directory, e);
        }
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return new DataDirectory(directory, channel);
            }
        } catch (OverlappingFileLockException sameProcess) {
            // Reported below, like a lock of another process.
        } catch (IOException e) {
            closeQuietly(channel);
            throw unusable(directory, e);
        }
        closeQuietly(channel);
        throw new DataDirectoryException("data directory " + directory
                + " is in use by another node; stop that node, or give this one another directory");
    }

    /** The directory itself. */
    public Path path() {
        return directory;
    }

    /**
     * The identity kept here; a new one is made of {@code random} and kept if there is none yet.
     *
     * @throws DataDirectoryException if the file is damaged, or cannot be read or written
     */
    public Identity identity(SecureRandom random) throws DataDirectoryException {
        Path file = directory.resolve(IDENTITY_FILE);
        byte[] content;
        try {
            content = Files.readAllBytes(file);
        } catch (NoSuchFileException none) {
            Identity created = Identity.generate(random);
            write(file, created);
            return created;
        } catch (IOException e) {
            throw new DataDirectoryException(
                    "identity file " + file + " cannot be read: " + reason(e) + "; give the node's user access to it",
                    e);
        }
        try {
            return parse(file, content);
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    private static Identity parse(Path file, byte[] content) throws DataDirectoryException {
        List<String> lines = new String(content, StandardCharsets.UTF_8).lines().toList();
        if (lines.size() == 3 && lines.get(0).equals(HEADING)) {
            try {
                Identity identity = Identity.ofSeed(Bytes.fromHex(lines.get(1)).toArray());
                if (identity.address().toString().equals(lines.get(2))) {
                    return identity;
                }
            } catch (IllegalArgumentException notASeed) {
                // Reported below without the content, which may be most of a secret.
            }
        }
        throw new DataDirectoryException("identity file " + file
                + " is damaged; restore it from a backup, or move it away to get a new identity and address");
    }

    private void write(Path file, Identity identity) throws DataDirectoryException {
        byte[] seed = identity.exportSeed();
        String text = HEADING + "\n" + Bytes.copyOf(seed).toHex() + "\n" + identity.address() + "\n";
        Arrays.fill(seed, (byte) 0);
        try {
            replace(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw unusable(directory, e);
        }
    }

    /** Writes a file so that after a crash either all of it is there or nothing has changed. */
    private void replace(Path file, byte[] content) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        Files.deleteIfExists(temporary);
        try (FileChannel channel = FileChannel.open(
                temporary, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly(directory))) {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Permissions where the file system knows them. */
    private static FileAttribute<?>[] ownerOnly(Path directory) throws IOException {
        boolean posix = Files.getFileStore(directory).supportsFileAttributeView("posix");
        return posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
    }

    private static DataDirectoryException unusable(Path directory, IOException cause) {
        return new DataDirectoryException(
                "data directory " + directory + " cannot be written: " + reason(cause)
                        + "; give the node's user access to it, or choose another directory",
                cause);
    }

    private static String reason(IOException e) {
        return e instanceof AccessDeniedException ? "permission denied" : String.valueOf(e.getMessage());
    }

    private static void closeQuietly(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException ignored) {
            // Nothing was written through this channel.
        }
    }

    /** Gives up the lock. */
    @Override
    public void close() {
        closeQuietly(lockChannel);
    }
}
