package io.a2al.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** How the image's script starts the JVM, which here prints its arguments. */
@Timeout(60)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the scripts are for the shells of Unix")
class ImageScriptTest {

    @TempDir
    private Path folder;

    private Path lib;

    @BeforeEach
    void prepare() throws IOException {
        Path image = Files.createDirectory(folder.resolve("an image")).toRealPath();
        Trees.copy(Checkout.root().resolve("dist/src/main/image"), image);
        lib = image.resolve("lib");
        script(folder.resolve("java"), "#!/bin/sh\nprintf '%s\\n' \"$@\" \"LC_ALL=${LC_ALL:-}\"\n");
    }

    private static void script(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private List<String> run(Path program, Map<String, String> environment, String... args) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                Stream.concat(Stream.of(program.toString()), Stream.of(args)).toList());
        builder.environment().keySet().removeIf(name -> name.startsWith("A2AL_") || name.startsWith("LC_"));
        builder.environment().put("LANG", "C");
        builder.environment().put("A2AL_JAVA", folder.resolve("java").toString());
        builder.environment().putAll(environment);
        Process process = builder.redirectErrorStream(true).start();
        List<String> lines = process.inputReader().lines().toList();
        assertThat(process.waitFor()).as(String.join("\n", lines)).isZero();
        return lines;
    }

    private List<String> run(Map<String, String> environment, String... args) throws Exception {
        return run(lib.resolveSibling("bin").resolve("a2al"), environment, args);
    }

    @Test
    void aNodeHasItsCollectorAndBothCompilers() throws Exception {
        assertThat(run(Map.of(), "node", "--data", "a b"))
                .containsExactly(
                        "@" + lib + "/java.options",
                        "@" + lib + "/serial.options",
                        "-cp",
                        lib + "/a2al.jar",
                        "io.a2al.app.Main",
                        "node",
                        "--data",
                        "a b",
                        "LC_ALL=C.UTF-8");
    }

    @Test
    void aCommandThatIsDoneAtOnceHasTheQuickCompilerAlone() throws Exception {
        assertThat(run(Map.of(), "status")).contains("@" + lib + "/serial.options", "@" + lib + "/brief.options");
    }

    @Test
    void theSimulatorHasACollectorOfItsOwn() throws Exception {
        assertThat(run(Map.of(), "sim"))
                .contains("@" + lib + "/parallel.options")
                .doesNotContain("@" + lib + "/serial.options", "@" + lib + "/brief.options");
    }

    @Test
    void theSimulatorHasLargePagesWhereAProgramMayAskForThem() throws Exception {
        Path offered = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");
        boolean mayAsk = Files.isReadable(offered) && Files.readString(offered).contains("[madvise]");
        String flag = "-XX:+UseTransparentHugePages";

        assertThat(run(Map.of(), "sim").contains(flag)).isEqualTo(mayAsk);
        assertThat(run(Map.of(), "node")).doesNotContain(flag);
    }

    @Test
    void aCollectorOfTheUserGoesBefore() throws Exception {
        assertThat(run(Map.of("A2AL_JAVA_OPTS", "-Xmx1g -XX:+UseZGC"), "node"))
                .contains("-Xmx1g", "-XX:+UseZGC")
                .doesNotContain("@" + lib + "/serial.options");
    }

    @Test
    void theCacheAndTheNativeLibraryAreUsedIfTheyAreThere() throws Exception {
        Files.createFile(lib.resolve("a2al.aot"));
        Files.createDirectory(lib.resolve("native"));

        assertThat(run(Map.of(), "node"))
                .contains("-XX:AOTCache=" + lib + "/a2al.aot", "-Djava.library.path=" + lib + "/native");
        assertThat(run(Map.of("A2AL_AOT_CACHE", "/nonexistent/a2al.aot"), "node"))
                .noneMatch(argument -> argument.startsWith("-XX:AOTCache"));
    }

    @Test
    void theJavaMachineOfTheImageGoesBeforeAllOthers() throws Exception {
        Path own = Files.createDirectories(lib.resolveSibling("runtime").resolve("bin"));
        script(own.resolve("java"), "#!/bin/sh\necho own\n");

        assertThat(run(Map.of(), "node")).containsExactly("own");
    }

    @Test
    void aLinkToTheScriptIsFollowed() throws Exception {
        Path link = Files.createSymbolicLink(
                folder.resolve("a2al"), folder.relativize(folder.resolve("an image/bin/a2al")));

        assertThat(run(link, Map.of(), "node")).contains(lib + "/a2al.jar");
    }

    @Test
    void aUtf8LocaleIsLeftAsItIs() throws Exception {
        assertThat(run(Map.of("LANG", "de_DE.UTF-8"), "node")).endsWith("LC_ALL=");
    }

    @Test
    void everyFileOfFlagsIsOneThatTheJavaMachineTakes() throws Exception {
        for (String collector : List.of("serial", "parallel")) {
            assertThat(run(
                            Path.of(System.getProperty("java.home"), "bin", "java"),
                            Map.of(),
                            "@" + lib + "/java.options",
                            "@" + lib + "/" + collector + ".options",
                            "@" + lib + "/brief.options",
                            "-XshowSettings:properties",
                            "--version"))
                    .noneMatch(line -> line.contains("warning"));
        }
    }
}
