package io.a2al.dht.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A bound of the sequence numbers that a publisher has used, kept so that it never signs a lower or an equal one after
 * a restart, whatever the clock says. The bound is a little ahead, so that few publications wait for the disk. For one
 * thread at a time.
 */
public final class SequenceFile {

    private final Path path;

    /** A bound in this file, which need not exist. */
    public SequenceFile(Path path) {
        this.path = path;
    }

    /** Returns the path. */
    public Path path() {
        return path;
    }

    /**
     * Returns the bound; 0 if there is none yet.
     *
     * @throws DamagedFileException if the file does not hold a number
     * @throws IOException if it cannot be read
     */
    public long read() throws IOException {
        try {
            String text = new String(OwnerOnlyFile.read(path), StandardCharsets.US_ASCII).strip();
            return Long.parseUnsignedLong(text);
        } catch (NoSuchFileException none) {
            return 0;
        } catch (NumberFormatException damaged) {
            throw new DamagedFileException("it does not hold a number");
        }
    }

    /**
     * Sets the bound; it is on the disk when this returns.
     *
     * @throws IOException if it cannot be written
     */
    public void write(long bound) throws IOException {
        OwnerOnlyFile.replace(path, (Long.toUnsignedString(bound) + "\n").getBytes(StandardCharsets.US_ASCII));
    }
}
