package io.a2al.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The folder that the program is run from. */
class ImageTest {

    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

    private static final String DIGESTED_MANIFEST =
            "Manifest-Version: 1.0\r\nMulti-Release: true\r\n\r\nName: a/A.class\r\nSHA-256-Digest: AAAA\r\n\r\n"
                    + "Name: a/\r\nSealed: true\r\nSHA-256-Digest: AAAA\r\n\r\n";

    @TempDir
    private Path folder;

    private Path jars;
    private Path signed;
    private Path template;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @BeforeEach
    void prepare() throws IOException {
        jars = Files.createDirectory(folder.resolve("jars"));
        Map<String, String> plain = new TreeMap<>(Map.of("b/B.class", "class"));
        jar(jars.resolve("plain-1.jar"), plain);
        signed = jars.resolve("Crypto-1.jar");
        Map<String, String> entries = new TreeMap<>();
        entries.put("META-INF/KEY.SF", "signature");
        entries.put("META-INF/KEY.RSA", "signature");
        entries.put("META-INF/services/x", "service");
        entries.put("META-INF/MANIFEST.MF", DIGESTED_MANIFEST);
        entries.put("a/A.class", "class");
        entries.put("a/libsomeCryptoProvider.so", "native");
        jar(signed, entries);
        template = Files.createDirectory(folder.resolve("template"));
        Files.createDirectory(template.resolve("bin"));
        Files.writeString(template.resolve("bin/a2al"), "script");
    }

    private static void jar(Path file, Map<String, String> entries) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private Path image(String checksum) throws IOException {
        Path checksums = folder.resolve("sums");
        Files.writeString(checksums, checksum + "  Crypto-1.jar\n");
        Path image = folder.resolve("image");
        new Image(image, template, TIME, new Report(new PrintStream(said, true, StandardCharsets.UTF_8)))
                .putTogether(jars, Checksums.read(checksums));
        return image;
    }

    @Test
    void aSignedJarWhoseChecksumIsStatedLosesItsSignature() throws IOException {
        Path image = image(Checksums.sha256(signed));

        assertThat(said.size()).isZero();
        assertThat(image.resolve("lib/native/libsomeCryptoProvider.so")).hasContent("native");
        try (JarFile jar = new JarFile(image.resolve("lib/Crypto-1.jar").toFile())) {
            assertThat(jar.stream().map(ZipEntry::getName))
                    .containsExactly("META-INF/MANIFEST.MF", "META-INF/services/x", "a/A.class");
            assertThat(jar.getManifest().getMainAttributes().getValue(Attributes.Name.MULTI_RELEASE))
                    .isEqualTo("true");
            assertThat(jar.getManifest().getEntries()).containsOnlyKeys("a/");
            assertThat(jar.getManifest().getAttributes("a/")).containsOnlyKeys(Attributes.Name.SEALED);
        }
    }

    @Test
    void aSignedJarWithAnotherChecksumIsUsedAsItIsAndSaid() throws IOException {
        Path image = image("0".repeat(64));

        assertThat(said.toString(StandardCharsets.UTF_8))
                .startsWith("a2al: Crypto-1.jar is not the file that dist/src/main/unsigned.sha256 names");
        assertThat(image.resolve("lib/Crypto-1.jar")).hasSameBinaryContentAs(signed);
        assertThat(image.resolve("lib/native")).doesNotExist();
    }

    @Test
    void oneJarNamesAllOthersInOneOrder() throws IOException {
        Path image = image(Checksums.sha256(signed));

        try (JarFile jar = new JarFile(image.resolve("lib/a2al.jar").toFile())) {
            Attributes main = jar.getManifest().getMainAttributes();
            assertThat(main.getValue(Attributes.Name.CLASS_PATH)).isEqualTo("Crypto-1.jar plain-1.jar");
            assertThat(main.getValue(Attributes.Name.MAIN_CLASS)).isEqualTo("io.a2al.app.Main");
        }
    }

    @Test
    void equalJarsMakeEqualImages() throws IOException {
        Path image = image(Checksums.sha256(signed));
        Path before = folder.resolve("before");
        Trees.copy(image, before);
        Files.writeString(Files.createDirectories(image.resolve("runtime")).resolve("old"), "of an earlier build");
        image(Checksums.sha256(signed));

        assertThat(Trees.files(image).stream().map(file -> Trees.name(image, file)))
                .isEqualTo(Trees.files(before).stream()
                        .map(file -> Trees.name(before, file))
                        .toList());
        for (Path file : Trees.files(image)) {
            if (Files.isRegularFile(file)) {
                assertThat(file).hasSameBinaryContentAs(before.resolve(Trees.name(image, file)));
                assertThat(Files.getLastModifiedTime(file)).isEqualTo(FileTime.from(TIME));
            }
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the scripts are for the shells of Unix")
    void whereNoCacheCanBeMadeThatIsSaid() throws Exception {
        Path image = image(Checksums.sha256(signed));
        for (String script : new String[] {"a2al", "a2al-cache"}) {
            script(image.resolve("bin").resolve(script), "echo reason\nexit 4");
        }
        new Image(image, template, TIME, new Report(new PrintStream(said, true, StandardCharsets.UTF_8)))
                .prepareFor(Path.of("java"));

        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains("no cache was made, so the program starts somewhat later")
                .contains(image.resolve("cache.log").toString());
        assertThat(image.resolve("cache.log")).hasContent("reason");
    }

    @Test
    @Timeout(60)
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the scripts are for the shells of Unix")
    void pagesAreWrittenWhileTheCacheIsMade() throws Exception {
        Path image = image(Checksums.sha256(signed));
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        // Each end of a pipe waits for the other.
        script(image.resolve("bin/a2al"), "[ \"$1\" != help ] || cat " + pipe);
        script(image.resolve("bin/a2al-cache"), "echo pages >" + pipe);

        new Image(image, template, TIME, new Report(new PrintStream(said, true, StandardCharsets.UTF_8)))
                .prepareFor(Path.of("java"));

        assertThat(image.resolve("man.log")).hasContent("pages");
        assertThat(said.toString(StandardCharsets.UTF_8)).doesNotContain("no cache");
    }

    private static void script(Path file, String text) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + text + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    @Test
    void aFolderWithoutJarsIsAnError() throws IOException {
        Files.delete(signed);
        Files.delete(jars.resolve("plain-1.jar"));

        assertThatThrownBy(() -> image("0".repeat(64))).hasMessageContaining("no jars in " + jars);
    }

    @Test
    void aListOfChecksumsOfAnotherFormIsAnError() {
        assertThatThrownBy(() -> image("0123")).hasMessageContaining("0123  Crypto-1.jar");
    }

    /** The files of this project: a slip in them would only show as a slower start. */
    @Test
    void theChecksumsOfTheProjectCanBeRead() throws IOException {
        Checksums stated = Checksums.read(Checkout.root().resolve("dist/src/main/unsigned.sha256"));

        assertThat(stated.match(signed)).isFalse();
    }
}
