package io.a2al.conformance.vectors;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A set of files with golden vectors. Immutable and thread-safe. */
public final class VectorSuite {

    /** Maximum size of a file in bytes; many times the size of the largest bundled file. */
    private static final long MAX_FILE = 64L << 20;

    private final String origin;
    private final List<VectorSource> sources;

    private VectorSuite(String origin, List<VectorSource> sources) {
        this.origin = origin;
        this.sources = sources;
    }

    /** Returns the vectors bundled with this module. */
    public static VectorSuite bundled() {
        return new VectorSuite(
                "the bundled vectors",
                Stream.of(VectorKind.values())
                        .map(VectorKind::file)
                        .map(file -> new VectorSource(file, () -> resource("vectors/" + file)))
                        .toList());
    }

    /**
     * Returns the files of a directory whose names end with {@code .json}, sorted by name, without those of
     * subdirectories. The files are read when they are run.
     *
     * @throws NotDirectoryException if {@code directory} does not exist or is not a directory
     * @throws IOException if {@code directory} cannot be read
     */
    public static VectorSuite ofDirectory(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new NotDirectoryException(directory.toString());
        }
        try (Stream<Path> files = Files.list(directory)) {
            return new VectorSuite(
                    directory.toString(),
                    files.filter(file -> file.toString().endsWith(VectorKind.SUFFIX))
                            .sorted()
                            .map(file -> new VectorSource(String.valueOf(file.getFileName()), () -> readLimited(file)))
                            .toList());
        }
    }

    /** Returns a description of where the files are, for messages to users. */
    public String origin() {
        return origin;
    }

    List<VectorSource> sources() {
        return sources;
    }

    private static byte[] readLimited(Path file) throws IOException {
        if (Files.size(file) > MAX_FILE) {
            throw new IOException("larger than " + (MAX_FILE >> 20) + " MiB");
        }
        return Files.readAllBytes(file);
    }

    /** Reads a resource of this module; {@code name} is relative to {@code io/a2al/conformance}. */
    static byte[] resource(String name) throws IOException {
        try (InputStream in = VectorSuite.class.getResourceAsStream("/io/a2al/conformance/" + name)) {
            if (in == null) {
                throw new FileNotFoundException("no resource " + name);
            }
            return in.readAllBytes();
        }
    }
}
