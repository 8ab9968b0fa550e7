package io.a2al.dist;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A signed jar. Checking its signature takes a tenth of a second at each start and keeps its classes out of the
 * ahead-of-time cache, so it is packed again without; whether it is the right file has to be known by its checksum.
 */
final class SignedJar {

    private static final String SIGNATURE = "(?i)META-INF/[^/]+\\.(SF|RSA|DSA|EC)";
    private static final String NATIVE = "(.*/)?lib[^/]*CryptoProvider\\.(so|dylib)";

    private SignedJar() {}

    /** Returns whether a jar has a signature, valid or not. */
    static boolean isSigned(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return zip.stream().anyMatch(entry -> entry.getName().matches(SIGNATURE));
        }
    }

    /**
     * Writes the signature library's native part into a folder, which is made if needed.
     *
     * @return whether the jar has one
     */
    static boolean extractNative(Path jar, Path folder) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            Optional<? extends ZipEntry> found = zip.stream()
                    .filter(entry -> entry.getName().matches(NATIVE))
                    .findFirst();
            if (found.isEmpty()) {
                return false;
            }
            Files.createDirectories(folder);
            String name = found.get().getName();
            try (InputStream in = zip.getInputStream(found.get())) {
                Files.copy(in, folder.resolve(name.substring(name.lastIndexOf('/') + 1)));
            }
            return true;
        }
    }

    /**
     * Packs a jar again without its signature and its native part, uncompressed, which is read faster. Equal jars give
     * equal bytes.
     *
     * @param time of all entries
     */
    static void unsign(Path jar, Path target, Instant time) throws IOException {
        try (JarFile in = new JarFile(jar.toFile(), false);
                JarOutputStream out = new JarOutputStream(Files.newOutputStream(target))) {
            out.setLevel(Deflater.NO_COMPRESSION);
            Manifest manifest = in.getManifest();
            if (manifest != null) {
                LaunchJar.write(out, manifestWithoutDigests(manifest), time);
            }
            for (ZipEntry entry : Collections.list(in.entries())) {
                String name = entry.getName();
                if (!name.equals(JarFile.MANIFEST_NAME) && !name.matches(SIGNATURE) && !name.matches(NATIVE)) {
                    try (InputStream content = in.getInputStream(entry)) {
                        write(out, name, content.readAllBytes(), time);
                    }
                }
            }
        }
    }

    private static Manifest manifestWithoutDigests(Manifest signed) {
        Manifest result = new Manifest(signed);
        for (Map.Entry<String, Attributes> section :
                List.copyOf(result.getEntries().entrySet())) {
            Attributes attributes = section.getValue();
            attributes.keySet().removeIf(key -> key.toString().matches("(?i).*-Digest(-Manifest)?"));
            if (attributes.isEmpty()) {
                result.getEntries().remove(section.getKey());
            }
        }
        return result;
    }

    /** Writes one entry, uncompressed. */
    static void write(JarOutputStream out, String name, byte[] content, Instant time) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        CRC32 crc = new CRC32();
        crc.update(content);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
        // Without a time zone: the same bytes wherever it is built.
        entry.setTimeLocal(LocalDateTime.ofInstant(time, ZoneOffset.UTC));
        out.putNextEntry(entry);
        out.write(content);
        out.closeEntry();
    }
}
