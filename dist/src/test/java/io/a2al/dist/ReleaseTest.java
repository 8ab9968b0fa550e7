package io.a2al.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A release that cannot become one is refused in one line, before anything is made. */
@Timeout(60)
@EnabledOnOs(value = OS.LINUX, disabledReason = "releases are made on Linux")
class ReleaseTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void prepare() throws Exception {
        Path script = Files.createDirectory(folder.resolve(".ci")).resolve("release");
        Files.copy(Checkout.root().resolve(".ci/release"), script, StandardCopyOption.COPY_ATTRIBUTES);
        write("pom.xml", "<project>\n  <version>0.2.0-SNAPSHOT</version>\n</project>\n");
        write("CHANGELOG.md", "# Changelog\n\n## Not released yet\n\n- New.\n\n## 0.1.0, 2026-01-01\n\n- Old.\n");
        run("git", "init", "-q");
        commit();
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private void commit() throws Exception {
        run("git", "add", "--all");
        run("git", "-c", "user.name=a", "-c", "user.email=a@b.example", "commit", "-q", "-m", "Change");
    }

    private void run(String... command) throws Exception {
        assertThat(start(List.of(command)).waitFor()).isZero();
    }

    private Process start(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        // No key is there, and no setting of the user's, so that a release that should have been refused is not begun.
        builder.environment().put("GNUPGHOME", folder.resolve(".git").toString());
        builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
        return builder.start();
    }

    private String refusal(String version) throws Exception {
        Process process = start(List.of(folder.resolve(".ci/release").toString(), version));
        String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(2);
        assertThat(folder.resolve("target")).doesNotExist();
        return said;
    }

    @Test
    void whatIsNoVersion() throws Exception {
        assertThat(refusal("")).isEqualTo("release: \"\" is no version; write .ci/release [--trial] 1.2.3\n");
        for (String wrong : List.of("v0.2.0", "0.2", "0.2.0-SNAPSHOT", "0.02.0", "0.2.0 0.3.0")) {
            assertThat(refusal(wrong)).startsWith("release: \"" + wrong + "\" is no version");
        }
    }

    @Test
    void aCheckoutWithChanges() throws Exception {
        write("new.txt", "not in the commit");

        assertThat(refusal("0.2.0")).isEqualTo("""
            release: the checkout has changes; commit or remove what 'git status' lists
            """);
    }

    @Test
    void aVersionBeforeTheOpenOne() throws Exception {
        assertThat(refusal("0.1.9")).isEqualTo("""
            release: 0.1.9 is before 0.2.0-SNAPSHOT of pom.xml; choose 0.2.0 or a later version
            """);
    }

    @Test
    void aVersionThatIsReleased() throws Exception {
        run("git", "tag", "v0.10.0");
        write("later.txt", "");
        commit();

        assertThat(refusal("0.10.0")).isEqualTo("release: 0.10.0 is released; choose a later version\n");
    }

    @Test
    void aTagOfAnotherVersion() throws Exception {
        run("git", "tag", "v0.2.0");

        assertThat(refusal("0.2.0")).startsWith("release: v0.2.0 is the tag of a commit with version 0.2.0-SNAPSHOT;");
    }

    @Test
    void aChangelogWithoutAnEntry() throws Exception {
        write("CHANGELOG.md", "# Changelog\n\n## Not released yet\n\n## 0.1.0, 2026-01-01\n\n- Old.\n");
        commit();

        assertThat(refusal("0.2.0")).isEqualTo("""
            release: CHANGELOG.md has nothing under "Not released yet"; say there what 0.2.0 changes
            """);
    }

    /** Comes last: whatever is refused here has passed all other checks. */
    @Test
    void nothingIsSignedWithoutAKey() throws Exception {
        for (String right : List.of("0.2.0", "0.10.0", "1.0.0")) {
            assertThat(refusal(right)).startsWith("release: gpg ");
        }
    }
}
