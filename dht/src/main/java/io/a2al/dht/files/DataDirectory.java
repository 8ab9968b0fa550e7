package io.a2al.dht.files;

import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.delegation.DelegationProof;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Set;

/**
 * The directory of a node's identity, contacts and records, for one process at a time. Opening it takes a lock, which
 * {@link #close()} releases, or the system when the process ends. {@link KeyFiles} lists the files with keys.
 * Thread-safe.
 */
public final class DataDirectory implements AutoCloseable {

    private static final String AGENTS_FILE = "agents";
    private static final String AGENTS_MAIL_FILE = "agents-mail";
    private static final String API_FILE = "api";
    private static final String API_TOKEN_FILE = "api.token";
    private static final String LOCK_FILE = "lock";
    private static final String MAIL_DELIVERED_FILE = "mail-delivered";
    private static final String SEEN_PEERS_FILE = "seen-peers";
    private static final String STORE_FILE = "records";
    private static final String PUBLICATIONS_FILE = "publications";

    private final Path directory;
    private final FileChannel lockChannel;
    private final KeyFiles keys;

    private DataDirectory(Path directory, FileChannel lockChannel) {
        this.directory = directory;
        this.lockChannel = lockChannel;
        this.keys = KeyFiles.in(directory);
    }

    /**
     * Opens a directory and creates it if it does not exist; one of a former layout gets the current one. If this
     * fails, the lock is not held.
     *
     * @throws DataDirectoryException if it cannot be written, another node has it open, or its layout is of a later
     *     program
     */
    public static DataDirectory open(Path directory) throws DataDirectoryException {
        try {
            Files.createDirectories(directory);
        } catch (FileAlreadyExistsException e) {
            throw unusable(directory, new NotDirectoryException(directory.toString()));
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
                Layout.adopt(directory);
                return new DataDirectory(directory, channel);
            }
        } catch (OverlappingFileLockException sameProcess) {
            // Reported below, like a lock of another process.
        } catch (DataDirectoryException e) {
            closeQuietly(channel);
            throw e;
        } catch (IOException e) {
            closeQuietly(channel);
            throw unusable(directory, e);
        }
        closeQuietly(channel);
        throw new DataDirectoryException("data directory " + directory
                + " is in use by another node; stop that node, or give this one another directory");
    }

    /** Returns the path of the directory. */
    public Path path() {
        return directory;
    }

    /**
     * Returns the version of the directory's layout: which files it has, and in which form. It is the current one
     * unless the directory cannot be written.
     *
     * @throws DataDirectoryException if it cannot be read
     */
    public int layout() throws DataDirectoryException {
        return Layout.read(directory);
    }

    /** Returns the file of what is known of the network; see {@code DhtNodeBuilder.savedContacts}. */
    public Path contactsFile() {
        return Layout.contactsFile(directory);
    }

    /** Returns the file of the peers seen within seven days; see {@code DhtNodeBuilder.seenPeers}. */
    public Path seenPeersFile() {
        return directory.resolve(SEEN_PEERS_FILE);
    }

    /** Returns the file of the notes that were delivered; see {@code DhtNodeBuilder.deliveredMail}. */
    public Path mailDeliveredFile() {
        return directory.resolve(MAIL_DELIVERED_FILE);
    }

    /** Returns the file of the records of the node's store; see {@code DhtNodeBuilder.storeFile}. */
    public Path storeFile() {
        return directory.resolve(STORE_FILE);
    }

    /** Returns the file of the publications to resume; see {@code DhtNodeBuilder.publicationsFile}. */
    public Path publicationsFile() {
        return directory.resolve(PUBLICATIONS_FILE);
    }

    /** Returns the file of the agents that the node keeps for other programs. */
    public Path agentsFile() {
        return directory.resolve(AGENTS_FILE);
    }

    /** Returns the file of the notes that those agents were given. */
    public Path agentsMailFile() {
        return directory.resolve(AGENTS_MAIL_FILE);
    }

    /** Returns the file that says where the running node serves its HTTP interface; absent while it serves none. */
    public Path apiFile() {
        return directory.resolve(API_FILE);
    }

    /** Returns the file with the token that requests to the HTTP interface carry. */
    public Path apiTokenFile() {
        return directory.resolve(API_TOKEN_FILE);
    }

    /** Returns the files of the identity and the delegation; write through it only while this directory is open. */
    public KeyFiles keys() {
        return keys;
    }

    /**
     * Returns the identity kept here. If there is none yet, generates one from {@code random} and keeps it in plain
     * form.
     *
     * @throws KeyFileException if it is encrypted, its file is damaged, or cannot be read or written
     */
    public Identity identity(SecureRandom random) throws KeyFileException {
        return identity(random, PassphraseSource.none());
    }

    /**
     * Like {@link #identity(SecureRandom)}, for an identity that may be encrypted.
     *
     * @param passphrases asked if it is encrypted
     * @throws KeyFileException if there is no passphrase or a wrong one, or the file is damaged, or cannot be read or
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
     * Returns the proof by which the identity kept here acts for an agent; empty if there is none. The agent's owner
     * signed it; the caller checks whether it is for this identity and valid now.
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

    /** Releases the lock. */
    @Override
    public void close() {
        closeQuietly(lockChannel);
    }
}
