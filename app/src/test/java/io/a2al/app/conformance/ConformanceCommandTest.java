package io.a2al.app.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.a2al.app.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConformanceCommandTest {

    private static final String ZEROS = "0".repeat(64);

    /** A case of xor.json that passes. */
    private static final String GOOD =
            "{\"name\": \"good\", \"kind\": \"less\", \"a\": \"%1$s\", \"b\": \"%1$s\", \"target\": \"%1$s\","
                            .formatted(ZEROS)
                    + " \"a_closer\": false, \"b_closer\": false}";

    private static final String BAD =
            GOOD.replace("good", "bad\\u001b").replace("\"a_closer\": false", "\"a_closer\": true");

    @TempDir
    private Path directory;

    private void write(String file, String... cases) throws IOException {
        Files.writeString(directory.resolve(file), "{\"cases\": [" + String.join(",", cases) + "]}");
    }

    private Cli.Result run(String... more) {
        String[] args = new String[more.length + 3];
        args[0] = "conformance";
        args[1] = "vectors";
        args[2] = directory.toString();
        System.arraycopy(more, 0, args, 3, more.length);
        return Cli.run(args);
    }

    @Test
    void aTableSaysWhatPasses() throws IOException {
        write("xor.json", GOOD);
        Cli.Result result = run();
        assertThat(result.exitCode()).isZero();
        assertThat(result.outLines())
                .containsExactly(
                        "file        cases   passed     open  differs   failed  skipped",
                        "xor.json        1        1        0        0        0        0",
                        "total           1        1        0        0        0        0");
        assertThat(result.err()).isEmpty();
    }

    @Test
    void whatFailsIsNamedWithBothValuesAndNoTerminalCodes() throws IOException {
        write("xor.json", GOOD, BAD);
        Cli.Result result = run();
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.outLines())
                .contains(
                        "xor.json        2        1        0        0        1        0",
                        "failed  xor.json bad\\u001b: a closer",
                        "  expected  true",
                        "  actual  false");
    }

    @Test
    void longValuesAreShownWhereTheyDiffer() throws IOException {
        String topic = "x".repeat(400);
        String key =
                "{\"name\": \"key\", \"kind\": \"key\", \"topic\": \"%s\", \"topic_utf8_hex\": \"%s79\", \"key\": \"00\"}"
                        .formatted(topic, "78".repeat(399));
        write("topics.json", key);
        assertThat(run().outLines())
                .contains(
                        "failed  topics.json key: topic",
                        "  expected  …" + "78".repeat(79) + "79 (800 characters, first difference at 799)",
                        "  actual  …" + "78".repeat(80) + " (800 characters, first difference at 799)");
    }

    @Test
    void whatIsMalformedOrUnknownIsNamed() throws IOException {
        write("xor.json", GOOD.replace(ZEROS, "zz"));
        write("topics.json", "{\"name\": \"new\", \"kind\": \"smell\"}");
        write("other.json");
        Cli.Result result = run();
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.outLines())
                .contains(
                        "skipped  topics.json new: unknown kind smell",
                        "malformed  xor.json, case \"good\": a: not a NodeID of 32 bytes: \"zz\"",
                        "unknown  other.json: not run, as no check is known for a file of this name");
    }

    @Test
    void nothingThatRanIsNotGoodEnough() {
        Cli.Result result = run();
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.value("nothing ran")).isEqualTo("no file of golden vectors in " + directory);
    }

    @Test
    void jsonHasEverything() throws IOException {
        write("xor.json", GOOD, BAD);
        write("topics.json", "{}");
        write("other.json");
        Cli.Result result = run("--json");
        assertThat(result.exitCode()).isEqualTo(1);
        JsonNode json = result.json();
        assertThat(json.get("good").booleanValue()).isFalse();
        assertThat(json.get("cases").intValue()).isEqualTo(2);
        assertThat(json.get("passed").intValue()).isEqualTo(1);
        assertThat(json.get("unknown_files")).hasToString("[\"other.json\"]");
        assertThat(json.get("malformed"))
                .hasToString("[{\"file\":\"topics.json\",\"case\":null," + "\"problem\":\"cases[0].name: missing\"}]");
        assertThat(json.get("files"))
                .hasToString("[{\"file\":\"xor.json\",\"cases\":2,\"passed\":1,\"open\":0,\"differs\":0,\"failed\":1,"
                        + "\"skipped\":0,\"not_plainly_passed\":[{\"case\":\"bad\\u001B\",\"outcome\":\"failed\","
                        + "\"what\":\"a closer\",\"expected\":\"true\",\"actual\":\"false\"}]}]");
    }

    @Test
    void aDirectoryThatIsNotThereIsWrongUse() {
        Cli.Result result =
                Cli.run("conformance", "vectors", directory.resolve("none").toString());
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("no such directory: \"" + directory.resolve("none") + "\"");
        assertThat(result.errLines()).hasSize(1);
    }

    @Test
    void withoutASubcommandTheHelpIsShown() {
        Cli.Result result = Cli.run("conformance");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("vectors");
        assertThat(Cli.run("conformance", "vectors", "--help").out()).contains("DIR");
    }
}
