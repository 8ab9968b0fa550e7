package io.a2al.dht.files;

import io.a2al.dht.DhtNodeBuilder;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.delegation.DelegationProof;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Set;

/**
 * Where a node keeps its identity and what belongs to it, for one process at a time. Opening it takes a lock that is
 * given up by {@link #close()}, or by the system when the process ends. {@link KeyFiles} says which files there are.
 * Thread-safe.
 */
public final class DataDirectory implements AutoCloseable {

    private static final String LOCK_FILE = "lock";
    private static final String CONTACTS_FILE = "peers.json";
    private static final String SEEN_PEERS_FILE = "seen-peers";
    private static final String STORE_FILE = "records";

    private final Path directory;
    private final FileChannel lockChannel;
    private final KeyFiles keys;

    private DataDirectory(Path directory, FileChannel lockChannel) {
        this.directory = directory;
        this.lockChannel = lockChannel;
        this.keys = KeyFiles.in(directory);
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
                    lockFile,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                    OwnerOnlyFile.permissionsIn(directory));
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
     * Where a node keeps the addresses that it joins through after a restart; see {@link DhtNodeBuilder#savedContacts}.
     */
    public Path contactsFile() {
        return directory.resolve(CONTACTS_FILE);
    }

    /** Where a node keeps whom it saw within seven days; see {@link DhtNodeBuilder#seenPeers}. */
    public Path seenPeersFile() {
        return directory.resolve(SEEN_PEERS_FILE);
    }

    /** Where a node keeps the records of its store; see {@link DhtNodeBuilder#storeFile}. */
    public Path storeFile() {
        return directory.resolve(STORE_FILE);
    }

    /** The identity and the delegation kept here; write through it only while this directory is open. */
    public KeyFiles keys() {
        return keys;
    }

    /**
     * The identity kept here; a new one is made of {@code random} and kept in plain form if there is none yet.
     *
     * @throws KeyFileException if it is encrypted, its file is damaged, or cannot be read or written
     */
    public Identity identity(SecureRandom random) throws KeyFileException {
        return identity(random, PassphraseSource.none());
    }

    /**
     * The same for an identity that may be encrypted.
     *
     * @param passphrases asked if it is
     * @throws KeyFileException if no passphrase is to be had, it is wrong, or the file is damaged, or cannot be read or
     *     written
     */
    public Identity identity(SecureRandom random, PassphraseSource passphrases) throws KeyFileException {
        if (keys.form().isPresent()) {
            return keys.identity(passphrases);
        }
        Identity created = Identity.generate(random);
        keys.keep(created);
        return created;
    }

    /**
     * The proof by which the identity kept here acts for an agent; nothing if it acts for itself only. The proof is
     * signed by the agent's owner; whether it is for this identity and for the present is for the caller to see.
     *
     * @throws KeyFileException if its file is damaged or cannot be read
     */
    public Optional<DelegationProof> delegation() throws KeyFileException {
        return keys.delegation();
    }

    private static DataDirectoryException unusable(Path directory, IOException cause) {
        return new DataDirectoryException(
                "data directory " + directory + " cannot be written: " + OwnerOnlyFile.reason(cause)
                        + "; give the node's user access to it, or choose another directory",
                cause);
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
