package io.a2al.dist;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * A jar without classes whose manifest names the others beside it: one class path on all systems, always in one order.
 */
final class LaunchJar {

    private static final String PROGRAM = "io.a2al.app.Main";

    private LaunchJar() {}

    /**
     * Writes it.
     *
     * @param names of the jars beside it
     */
    static void write(Path target, List<String> names, Instant time) throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.put(Attributes.Name.MAIN_CLASS, PROGRAM);
        main.put(Attributes.Name.CLASS_PATH, String.join(" ", names));
        main.putValue("Enable-Native-Access", "ALL-UNNAMED");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(target))) {
            write(out, manifest, time);
        }
    }

    /** Writes a manifest as an entry of a given time; the stream's own way would take the present. */
    static void write(JarOutputStream out, Manifest manifest, Instant time) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        manifest.write(content);
        SignedJar.write(out, JarFile.MANIFEST_NAME, content.toByteArray(), time);
    }
}
