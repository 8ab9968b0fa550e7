package io.a2al.conformance.vectors;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Files of golden vectors that belong together. Immutable and thread-safe. */
public final class VectorSuite {

    /** Many times what the largest of our own files has. */
    private static final long MAX_FILE = 64L << 20;

    private final String origin;
    private final List<VectorSource> sources;

    private VectorSuite(String origin, List<VectorSource> sources) {
        this.origin = origin;
        this.sources = sources;
    }

    /** The vectors that come along with this module. */
    public static VectorSuite bundled() {
        return new VectorSuite(
                "the vectors that come along",
                Stream.of(VectorKind.values())
                        .map(VectorKind::file)
                        .map(file -> new VectorSource(file, () -> resource("vectors/" + file)))
                        .toList());
    }

    /**
     * All files of a directory whose names end with {@code .json}, by name; what is below it does not count. They are
     * read when they run.
     *
     * @throws NotDirectoryException if it is not there, or not a directory
     * @throws IOException if it cannot be read
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

    /** Where the files are, for people. */
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

    /** A resource of this module, by its name below {@code io.a2al.conformance}. */
    static byte[] resource(String name) throws IOException {
        try (InputStream in = VectorSuite.class.getResourceAsStream("/io/a2al/conformance/" + name)) {
            if (in == null) {
                throw new FileNotFoundException("no resource " + name);
            }
            return in.readAllBytes();
        }
    }
}
