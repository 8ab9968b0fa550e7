package io.a2al.dist;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** SHA-256 of files by their names, as {@code sha256sum} writes them. Immutable. */
final class Checksums {

    private final Map<String, String> byName;

    private Checksums(Map<String, String> byName) {
        this.byName = Map.copyOf(byName);
    }

    /**
     * Reads a file with a line for each file: 64 hexadecimal digits, two spaces, the name.
     *
     * @throws IllegalArgumentException if a line has another form
     */
    static Checksums read(Path file) throws IOException {
        Map<String, String> byName = new HashMap<>();
        for (String line : Files.readAllLines(file)) {
            if (!line.matches("[0-9a-f]{64}  \\S+")) {
                throw new IllegalArgumentException(
                        file + ": \"" + line + "\" is not a checksum, two spaces and a name");
            }
            byName.put(line.substring(66), line.substring(0, 64));
        }
        return new Checksums(byName);
    }

    /** Returns whether this file is the one that its name stands here; a name that is not listed stands for none. */
    boolean match(Path file) throws IOException {
        String stated = byName.get(String.valueOf(file.getFileName()));
        return stated != null && stated.equals(sha256(file));
    }

    /** Returns the SHA-256 of a file, in hexadecimal digits. */
    static String sha256(Path file) throws IOException {
        return hexDigest("SHA-256", file);
    }

    /** Returns a digest of a file, in hexadecimal digits. */
    static String hexDigest(String algorithm, Path file) throws IOException {
        MessageDigest digest = digest(algorithm);
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has it", e);
        }
    }
}
