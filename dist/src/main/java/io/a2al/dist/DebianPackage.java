package io.a2al.dist;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;

/**
 * A package for Debian and its relatives: an {@code ar} archive with the version of the format, an archive for the
 * package manager, and one with the files.
 */
final class DebianPackage {

    private static final int BYTES_PER_KIB = 1024;

    private final FileSet files;
    private final FileSet control;

    private DebianPackage(FileSet files, FileSet control) {
        this.files = files;
        this.control = control;
    }

    /**
     * Nothing is written yet.
     *
     * @param fields the file {@code control} without the size
     * @param scripts the maintainer scripts by their names
     * @param settings names of the files that belong to the administrator once they are installed
     */
    static DebianPackage of(FileSet files, String fields, Map<String, String> scripts, String settings)
            throws IOException {
        StringBuilder sums = new StringBuilder();
        long kib = 0;
        for (Map.Entry<String, Content> file : files.files().entrySet()) {
            kib += Math.ceilDiv(file.getValue().size(), BYTES_PER_KIB);
            sums.append(md5(file.getValue())).append("  ").append(file.getKey()).append('\n');
        }
        FileSet control = new FileSet()
                .file("control", FileSet.PLAIN, Content.of(fields + "Installed-Size: " + kib + "\n"))
                .file("md5sums", FileSet.PLAIN, Content.of(sums.toString()));
        if (!settings.isEmpty()) {
            control.file("conffiles", FileSet.PLAIN, Content.of(settings));
        }
        scripts.forEach((name, script) -> control.file(name, FileSet.PROGRAM, Content.of(script)));
        return new DebianPackage(files, control);
    }

    private static String md5(Content content) throws IOException {
        MessageDigest digest = Checksums.digest("MD5");
        try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            content.writeTo(out);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Writes the package. */
    void write(Path target, Instant time) throws IOException {
        Path data = target.resolveSibling(target.getFileName() + ".data");
        try (OutputStream out = Files.newOutputStream(target)) {
            files.writeTarGz(data, time);
            ByteArrayOutputStream controlBytes = new ByteArrayOutputStream();
            control.writeTarGz(controlBytes, time);
            out.write("!<arch>\n".getBytes(StandardCharsets.US_ASCII));
            member(out, "debian-binary", time, Content.of("2.0\n"));
            member(out, "control.tar.gz", time, Content.of(controlBytes.toByteArray()));
            member(out, "data.tar.gz", time, Content.of(data));
        } finally {
            Files.deleteIfExists(data);
        }
    }

    private static void member(OutputStream out, String name, Instant time, Content content) throws IOException {
        long size = content.size();
        // Lines of a fixed width, and an even number of bytes.
        String header = "%-16s%-12d%-6d%-6d%-8s%-10d`\n".formatted(name, time.getEpochSecond(), 0, 0, "100644", size);
        out.write(header.getBytes(StandardCharsets.US_ASCII));
        content.writeTo(out);
        if (size % 2 != 0) {
            out.write('\n');
        }
    }
}
