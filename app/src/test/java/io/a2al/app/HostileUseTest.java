package io.a2al.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that meet what they cannot use say so in one line that names it, in JSON too, with the right exit code. */
@Timeout(60)
class HostileUseTest {

    @TempDir
    private Path directory;

    private void assertFails(int exitCode, String error, String... words) throws Exception {
        Cli.Result result = Cli.run(words);
        JsonNode json = result.json();
        assertThat(json.get("error").textValue()).startsWith(error);
        assertThat(json.get("exit_code").intValue()).isEqualTo(exitCode);
        assertThat(result.exitCode()).isEqualTo(exitCode);
        assertThat(result.errLines()).singleElement().asString().startsWith(error);
    }

    /** The common options of these are within another group of theirs. */
    @ParameterizedTest
    @CsvSource({
        "4, publications list, there is no directory",
        "4, publications end --all, there is no directory",
        "4, data check /nonexistent, there is no directory",
        "2, sim --nodes x, --nodes x: not a number",
        "2, sim search --seeds x, 'seeds: \"x\"'",
        "2, sim merge /nonexistent, /nonexistent: cannot be read",
        "3, agents list, no node runs here",
        "3, status, no node runs here"
    })
    void everyFailureIsJson(int exitCode, String command, String error) throws Exception {
        assertFails(exitCode, error, (command + " --json").split(" "));
    }

    @Test
    void aFileInThePlaceOfADirectoryIsNamed() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));

        assertFails(
                4,
                "data directory " + file + " cannot be written: it is no directory",
                "id",
                "new",
                "--json",
                "--data",
                file.toString());
        assertFails(
                4, "cannot write to " + file + ": it exists already", "help", "--json", "--man-pages", file.toString());
    }

    @Test
    void aFileThatCannotBeWrittenIsNamedWithTheReason() throws Exception {
        Path trace = directory.resolve("trace");
        Files.createSymbolicLink(trace, directory.resolve("none").resolve("file"));

        assertFails(
                4,
                "file " + trace + " cannot be used: ",
                "sim",
                "--json",
                "--nodes",
                "4",
                "--duration",
                "1s",
                "--trace",
                trace.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo --nodes 4", "sim --nodes 4 --duration 1s"})
    void anAddressToServeAtIsReadBeforeAnythingRuns(String command) throws Exception {
        assertFails(2, "not an IP address: \"1.2\" in \"1.2:80\"", (command + " --json --serve 1.2:80").split(" "));
    }
}
