package io.a2al.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The formats of packages, read back as their descriptions say, and equal for equal input. */
class PackagesTest {

    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LONG_FOLDER = "folder/".repeat(16);

    @TempDir
    private Path folder;

    /** One member of a tar archive. */
    private record Member(String name, int mode, int owner, char type, String target, long time, String content) {}

    private static List<Member> read(byte[] tar) {
        assertThat(tar.length % 10240).isZero();
        List<Member> members = new ArrayList<>();
        int at = 0;
        while (tar[at] != 0) {
            byte[] header = Arrays.copyOfRange(tar, at, at + 512);
            assertThat(text(header, 257, 6)).isEqualTo("ustar");
            int sum = 0;
            for (int i = 0; i < header.length; i++) {
                sum += i >= 148 && i < 156 ? ' ' : header[i] & 0xff;
            }
            assertThat(number(header, 148, 8)).isEqualTo(sum);
            String prefix = text(header, 345, 155);
            int size = (int) number(header, 124, 12);
            members.add(new Member(
                    prefix.isEmpty() ? text(header, 0, 100) : prefix + "/" + text(header, 0, 100),
                    (int) number(header, 100, 8),
                    (int) number(header, 108, 8),
                    (char) header[156],
                    text(header, 157, 100),
                    number(header, 136, 12),
                    new String(tar, at + 512, size, StandardCharsets.UTF_8)));
            at += 512 + Math.ceilDiv(size, 512) * 512;
        }
        assertThat(Arrays.copyOfRange(tar, at, at + 1024)).containsOnly(0);
        return members;
    }

    private static String text(byte[] bytes, int at, int length) {
        String text = new String(bytes, at, length, StandardCharsets.UTF_8);
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }

    private static long number(byte[] bytes, int at, int length) {
        return Long.parseLong(text(bytes, at, length).strip(), 8);
    }

    private static byte[] unzip(byte[] packed) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return in.readAllBytes();
        }
    }

    private static FileSet files() {
        return new FileSet()
                .file(LONG_FOLDER + "a", FileSet.PLAIN, Content.of("in a deep folder"))
                .file("b/program", FileSet.PROGRAM, Content.of("x".repeat(512)))
                .folder("data", 0700, 65532)
                .link("b/link", "../data");
    }

    private static byte[] tar(FileSet files) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        files.writeTar(out, TIME);
        return out.toByteArray();
    }

    @Test
    void anArchiveHasFoldersBeforeFilesAndOneTime() throws IOException {
        List<Member> members = read(tar(files()));

        assertThat(members).extracting(Member::name).startsWith("b/", "b/link", "b/program", "data/", "folder/");
        assertThat(members).extracting(Member::name).endsWith(LONG_FOLDER, LONG_FOLDER + "a");
        assertThat(members).extracting(Member::time).containsOnly(TIME.getEpochSecond());
        assertThat(members.get(0)).extracting(Member::mode, Member::type).containsExactly(0755, '5');
        assertThat(members.get(1)).extracting(Member::target, Member::type).containsExactly("../data", '2');
        assertThat(members.get(2))
                .isEqualTo(new Member("b/program", 0755, 0, '0', "", TIME.getEpochSecond(), "x".repeat(512)));
        assertThat(members.get(3)).extracting(Member::mode, Member::owner).containsExactly(0700, 65532);
        assertThat(members.getLast().content()).isEqualTo("in a deep folder");
    }

    @Test
    void aNameThatIsTooLongForTheFormatIsAnError() {
        FileSet files = new FileSet().file("x".repeat(101), FileSet.PLAIN, Content.of(""));

        assertThatThrownBy(() -> tar(files)).isInstanceOf(IOException.class).hasMessageContaining("xxx");
    }

    @Test
    void neitherTimesNorTheOrderOnTheDiskChangeAnArchive() throws IOException {
        Path one = Files.createDirectory(folder.resolve("one"));
        Path other = Files.createDirectory(folder.resolve("other"));
        for (String name : List.of("a", "b", "c")) {
            Files.writeString(one.resolve(name), name);
        }
        for (String name : List.of("c", "b", "a")) {
            Files.writeString(other.resolve(name), name);
            Files.setLastModifiedTime(other.resolve(name), FileTime.fromMillis(1));
        }
        Path first = folder.resolve("first.tar.gz");
        Path second = folder.resolve("second.tar.gz");
        new FileSet().all("top", one).writeTarGz(first, TIME);
        new FileSet().all("top", other).writeTarGz(second, TIME);

        assertThat(first).hasSameBinaryContentAs(second);
        // No time and no name in the header of the compressed file.
        assertThat(Arrays.copyOf(Files.readAllBytes(first), 8)).containsExactly(0x1f, 0x8b, 8, 0, 0, 0, 0, 0);
        assertThat(read(unzip(Files.readAllBytes(first))))
                .extracting(Member::content)
                .containsExactly("", "a", "b", "c");
    }

    private Path debian(String name) throws IOException {
        Path target = folder.resolve(name);
        DebianPackage.of(files(), "Package: a2al\n", Map.of("postinst", "#!/bin/sh\n"), "/etc/default/a2al\n")
                .write(target, TIME);
        return target;
    }

    @Test
    void aDebianPackageHasItsThreeMembers() throws IOException {
        Map<String, byte[]> members = new TreeMap<>();
        try (InputStream in = Files.newInputStream(debian("a.deb"))) {
            assertThat(new String(in.readNBytes(8), StandardCharsets.US_ASCII)).isEqualTo("!<arch>\n");
            for (byte[] header = in.readNBytes(60); header.length > 0; header = in.readNBytes(60)) {
                String line = new String(header, StandardCharsets.US_ASCII);
                assertThat(line).endsWith("`\n");
                byte[] content =
                        in.readNBytes(Integer.parseInt(line.substring(48, 58).strip()));
                members.put(line.substring(0, 16).strip(), content);
                in.skipNBytes(content.length % 2);
            }
        }

        assertThat(members).containsOnlyKeys("control.tar.gz", "data.tar.gz", "debian-binary");
        assertThat(members.get("debian-binary")).asString().isEqualTo("2.0\n");
        assertThat(unzip(members.get("data.tar.gz"))).isEqualTo(tar(files()));
        List<Member> control = read(unzip(members.get("control.tar.gz")));
        assertThat(control).extracting(Member::name).containsExactly("conffiles", "control", "md5sums", "postinst");
        assertThat(control.get(1).content()).isEqualTo("Package: a2al\nInstalled-Size: 2\n");
        assertThat(control.get(2).content()).contains("  b/program\n").hasLineCount(2);
        assertThat(control.get(3).mode()).isEqualTo(0755);
    }

    private Path container(String name) throws IOException {
        Path target = folder.resolve(name);
        ContainerImage image = new ContainerImage(folder, TIME);
        image.layer(new FileSet().folder("tmp", 01777, 0));
        image.layer(files());
        image.write(target, JsonNodeFactory.instance.objectNode().put("User", "1"), "amd64", "a2al:1");
        return target;
    }

    private static byte[] digest(String content) {
        return Checksums.digest("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void everyPartOfAContainerImageIsNamedByItsDigest() throws IOException {
        Map<String, Member> members = new TreeMap<>();
        for (Member member : read(Files.readAllBytes(container("a.tar")))) {
            members.put(member.name(), member);
        }
        assertThat(JSON.readTree(members.get("oci-layout").content())
                        .get("imageLayoutVersion")
                        .asText())
                .isEqualTo("1.0.0");
        JsonNode described = JSON.readTree(members.get("index.json").content()).at("/manifests/0");
        JsonNode manifest = JSON.readTree(blob(members, described));
        JsonNode config = JSON.readTree(blob(members, manifest.get("config")));

        assertThat(described
                        .at("/annotations")
                        .get("org.opencontainers.image.ref.name")
                        .asText())
                .isEqualTo("a2al:1");
        assertThat(config.at("/config/User").asText()).isEqualTo("1");
        assertThat(config.get("architecture").asText()).isEqualTo("amd64");
        assertThat(manifest.get("layers")).hasSize(2);
        assertThat(config.at("/rootfs/diff_ids/1").asText())
                .isEqualTo("sha256:"
                        + HexFormat.of().formatHex(Checksums.digest("SHA-256").digest(tar(files()))));
        for (JsonNode layer : manifest.get("layers")) {
            String name = "blobs/sha256/" + layer.get("digest").asText().substring("sha256:".length());
            assertThat(members).containsKey(name);
        }
    }

    private static String blob(Map<String, Member> members, JsonNode description) {
        String digest = description.get("digest").asText().substring("sha256:".length());
        String content = members.get("blobs/sha256/" + digest).content();
        assertThat(digest).isEqualTo(HexFormat.of().formatHex(digest(content)));
        assertThat(content).hasSize(description.get("size").asInt());
        return content;
    }

    @Test
    void twoBuildsAreEqual() throws IOException {
        assertThat(debian("one.deb")).hasSameBinaryContentAs(debian("other.deb"));
        assertThat(container("one.tar")).hasSameBinaryContentAs(container("other.tar"));
    }

    @Test
    void everyLibraryIsListedWithItsLicence() throws IOException {
        JsonNode sbom = JSON.readTree("""
            {"components": [
              {"group": "org.b", "name": "b", "version": "2", "licenses": [{"license": {"id": "MIT"}}]},
              {"group": "org.a", "name": "a", "version": "1", "licenses": [{"expression": "EPL-2.0 OR MIT"}]},
              {"group": "io.a2al", "name": "a2al-core", "version": "1"}
            ]}\
            """);

        assertThat(ThirdParty.text(sbom))
                .endsWith("\n\norg.a:a:1: EPL-2.0 OR MIT\norg.b:b:2: MIT\n")
                .doesNotContain("a2al-core");
    }

    @Test
    void aLibraryWithoutALicenceIsAnError() throws IOException {
        JsonNode sbom = JSON.readTree("{\"components\": [{\"group\": \"org.a\",\"name\": \"a\",\"version\": \"1\"}]}");

        assertThatThrownBy(() -> ThirdParty.text(sbom)).hasMessageContaining("org.a:a:1 states no licence");
    }

    @Test
    void theLibrariesThatAProgramNeedsAreRead() {
        assertThat(SystemLibraries.parse("""
            \tlinux-vdso.so.1 (0x00007f75d8bca000)
            \tlibm.so.6 => /lib/x86_64-linux-gnu/libm.so.6 (0x00007f75d8520000)
            \tlibgone.so.1 => not found
            \t/lib64/ld-linux-x86-64.so.2 (0x00007f75d8bcc000)
            """))
                .containsExactly("/lib/x86_64-linux-gnu/libm.so.6", "/lib64/ld-linux-x86-64.so.2");
        assertThat(SystemLibraries.parse("\tnot a dynamic executable\n")).isEmpty();
    }

    @Test
    void anArgumentWithoutAValueIsAnError() {
        assertThatThrownBy(() -> Main.options(List.of("--jars"))).hasMessageContaining("--jars; write --name=value");
        assertThat(Main.options(List.of("--a=b=c"))).containsExactly(Map.entry("a", "b=c"));
    }

    @Test
    void theBillOfMaterialsNamesTheJavaRuntimeBesideTheLibraries() throws IOException {
        ObjectNode sbom = JSON.readValue("{\"components\": [{\"name\": \"a\"}]}", ObjectNode.class);

        JavaRuntime.addTo(sbom);

        assertThat(sbom.path("components").findValuesAsText("name")).containsExactly("a", "OpenJDK");
        JsonNode runtime = sbom.path("components").get(1);
        assertThat(runtime.path("version").asText()).isEqualTo(Runtime.version().toString());
        assertThat(runtime.at("/licenses/0/expression").asText()).startsWith("GPL-2.0");
    }
}
