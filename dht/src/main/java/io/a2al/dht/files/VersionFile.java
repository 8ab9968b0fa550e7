package io.a2al.dht.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A small file with the number of the newest version of another file. For one thread at a time. */
final class VersionFile {

    private final Path path;

    VersionFile(Path path) {
        this.path = path;
    }

    /** Returns the version; 0 if none was noted, or if it cannot be read. */
    long read() {
        try {
            return Long.parseLong(new String(OwnerOnlyFile.read(path), StandardCharsets.US_ASCII).strip());
        } catch (IOException | NumberFormatException none) {
            return 0;
        }
    }

    /** Notes a version; not forced to the disk, as a version that is not noted is only not looked for. */
    void write(long version) throws IOException {
        byte[] text = String.format("%020d%n", version).getBytes(StandardCharsets.US_ASCII);
        if (Files.exists(path)) {
            Files.write(path, text, StandardOpenOption.WRITE);
        } else {
            OwnerOnlyFile.create(path, text);
        }
    }

    void delete() throws IOException {
        Files.deleteIfExists(path);
    }
}
