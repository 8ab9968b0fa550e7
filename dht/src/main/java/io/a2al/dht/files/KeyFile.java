package io.a2al.dht.files;

import io.a2al.dht.files.KeyFileException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads and writes files of a data directory; failures are reported in one line with a remedy. Stateless. */
final class KeyFile {

    private KeyFile() {}

    /** Reads a whole file. The caller wipes the result if it is secret. */
    static byte[] read(Path file, String what) throws KeyFileException {
        try {
            return OwnerOnlyFile.read(file);
        } catch (IOException e) {
            throw new KeyFileException(
                    Reason.UNUSABLE,
                    what + " file " + file + " cannot be read: " + OwnerOnlyFile.reason(e)
                            + "; give the node's user access to it",
                    e);
        }
    }

    /** Writes a whole file, or changes nothing. */
    static void replace(Path file, byte[] content) throws KeyFileException {
        try {
            OwnerOnlyFile.replace(file, content);
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    /** Removes a file if it exists. */
    static void remove(Path file) throws KeyFileException {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    private static KeyFileException unwritable(Path file, IOException e) {
        return new KeyFileException(
                Reason.UNUSABLE,
                "data directory " + file.getParent() + " cannot be written: "
                        + (e instanceof NoSuchFileException ? "it does not exist" : OwnerOnlyFile.reason(e))
                        + "; give the node's user access to it, or choose another directory",
                e);
    }
}
