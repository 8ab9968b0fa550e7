package io.a2al.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The launcher says what it waits for, gives up where waiting cannot help, and runs the last good build where there is
 * one. Its build fails in these tests. They mostly wait, and so run beside each other.
 */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(60)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the scripts are for the shells of Unix")
class LauncherTest {

    @TempDir
    private Path folder;

    private Path checkout;
    private Path lock;

    @BeforeEach
    void prepare() throws IOException {
        checkout = Files.createDirectory(folder.resolve("checkout"));
        lock = checkout.resolve("target/dist/lock");
        Files.copy(Checkout.root().resolve("a2al"), checkout.resolve("a2al"), StandardCopyOption.COPY_ATTRIBUTES);
        Path bin = Files.createDirectory(folder.resolve("bin"));
        Path maven = bin.resolve("mvn");
        Files.writeString(maven, "#!/bin/sh\necho '[ERROR] no build in this test'\nexit 1\n");
        Files.setPosixFilePermissions(maven, PosixFilePermissions.fromString("rwx------"));
    }

    private Process launch() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(checkout.resolve("a2al").toString(), "--version");
        builder.environment().put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    }

    /** Makes a build whose program prints what it is started with. */
    private Path build(String script) throws IOException {
        Path built = Files.createDirectories(checkout.resolve("target/dist/1-1"));
        Files.writeString(Files.createDirectory(built.resolve("bin")).resolve("a2al"), script);
        Files.setPosixFilePermissions(built.resolve("bin/a2al"), PosixFilePermissions.fromString("rwx------"));
        Files.createFile(built.resolve("built"));
        Files.createSymbolicLink(checkout.resolve("target/dist/current"), built);
        return built;
    }

    private void holdLock() throws IOException {
        Files.createDirectories(lock);
        // The number of this launcher or of any other process says nothing about who holds the lock.
        Files.writeString(lock.resolve("owner"), "1-1");
    }

    private static String line(BufferedReader lines) throws IOException {
        return Objects.requireNonNull(lines.readLine(), "the launcher ended");
    }

    @Test
    void itSaysForWhichBuildItWaits() throws Exception {
        holdLock();
        Process launcher = launch();
        BufferedReader lines = launcher.errorReader();

        assertThat(line(lines)).contains("waiting for the build that holds " + lock);

        Files.delete(lock.resolve("owner"));
        Files.delete(lock);
        assertThat(lines.lines()).last().asString().contains("the build failed");
        assertThat(launcher.waitFor()).isEqualTo(4);
    }

    @Test
    void aLockThatWasLeftIsTakenOver() throws Exception {
        holdLock();
        FileTime longAgo = FileTime.from(Instant.now().minusSeconds(3600));
        Files.setLastModifiedTime(lock.resolve("owner"), longAgo);
        Files.setLastModifiedTime(lock, longAgo);
        Process launcher = launch();

        assertThat(launcher.errorReader().lines())
                .noneMatch(line -> line.contains("waiting"))
                .last()
                .asString()
                .contains("the build failed");
        assertThat(launcher.waitFor()).isEqualTo(4);
        assertThat(lock).doesNotExist();
    }

    @Test
    void whereNothingCanBeWrittenItGivesUp() throws Exception {
        Files.writeString(checkout.resolve("target"), "in the way of the folder");
        Process launcher = launch();

        assertThat(launcher.errorReader().lines())
                .singleElement()
                .asString()
                .contains("cannot build in " + checkout.resolve("target/dist"));
        assertThat(launcher.waitFor()).isEqualTo(4);
    }

    @Test
    void aBuildThatIsUpToDateIsRunWithTheJdkThatWasFound() throws Exception {
        build("#!/bin/sh\necho \"$A2AL_JAVA $*\" >&2\nexit 7\n");
        Process launcher = launch();

        assertThat(launcher.errorReader().lines())
                .singleElement()
                .isEqualTo(System.getProperty("java.home") + "/bin/java --version");
        assertThat(launcher.waitFor()).isEqualTo(7);
    }

    @Test
    void theLastGoodBuildIsRunIfThereCanBeNoNewerOne() throws Exception {
        Path built = build("#!/bin/sh\necho ran >&2\n");
        FileTime longAgo = FileTime.from(Instant.now().minusSeconds(3600));
        Files.setLastModifiedTime(built.resolve("built"), longAgo);
        Files.writeString(checkout.resolve("pom.xml"), "newer than the build");
        Process launcher = launch();

        assertThat(launcher.errorReader().lines())
                .contains("a2al: running the last good build, which is older than the source files")
                .last()
                .isEqualTo("ran");
        assertThat(launcher.waitFor()).isZero();
    }

    @Test
    void whereTheLockCannotBeMadeTheLastGoodBuildIsRunAtOnce() throws Exception {
        Path built = build("#!/bin/sh\necho ran >&2\n");
        Files.setLastModifiedTime(
                built.resolve("built"), FileTime.from(Instant.now().minusSeconds(3600)));
        Files.writeString(checkout.resolve("pom.xml"), "newer than the build");
        // No user can make a folder here, not even root.
        Files.writeString(lock, "in the way of the lock");
        Process launcher = launch();

        assertThat(launcher.errorReader().lines())
                .first()
                .asString()
                .contains("cannot build in " + checkout.resolve("target/dist"));
        assertThat(launcher.waitFor()).isZero();
    }

    @Test
    void failedBuildsDoNotPileUp() throws Exception {
        Path failed = Files.createDirectories(checkout.resolve("target/dist/0-0"));
        Files.createFile(failed.resolve("build.log"));
        Process launcher = launch();

        assertThat(launcher.errorReader().lines()).last().asString().contains("the build failed");
        assertThat(launcher.waitFor()).isEqualTo(4);
        assertThat(failed).doesNotExist();
    }
}
