package io.a2al.conformance.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the runner with directories and files that are malformed, incomplete or unknown. */
class VectorRunnerTest {

    private static final String ZEROS = "0".repeat(64);
    private static final String SAME = "{\"name\": \"same\", \"kind\": \"distance\", \"a\": \"%1$s\", \"b\": \"%1$s\","
            + " \"distance\": \"%1$s\", \"common_prefix_len\": 256, \"bucket_index\": -1}";

    @TempDir
    private Path directory;

    private SuiteResult run(String file, String content) throws IOException {
        Files.writeString(directory.resolve(file), content);
        return VectorRunner.run(VectorSuite.ofDirectory(directory));
    }

    private static String cases(String... cases) {
        return "{\"description\": \"\", \"cases\": [" + String.join(", ", cases) + "]}";
    }

    @Test
    void failureNamesExpectedAndActualValue() throws IOException {
        String right = SAME.formatted(ZEROS);
        String wrong = right.replace("same", "other").replace("256", "255");

        SuiteResult result = run("xor.json", cases(right, wrong));

        assertThat(result.isGood()).isFalse();
        assertThat(result.files())
                .containsExactly(new FileResult(
                        "xor.json",
                        List.of(
                                new CaseResult("same", new Outcome.Passed()),
                                new CaseResult("other", new Outcome.Failed("common prefix", "255", "256")))));
        assertThat(result.files().getFirst().passed()).isEqualTo(1);
        assertThat(result.files().getFirst().failed()).isEqualTo(1);
    }

    @Test
    void unknownFilesAndCasesAreNamedAndNotCounted() throws IOException {
        run("a2al.json", "{}");
        Files.writeString(directory.resolve("README.md"), "no vectors");
        SuiteResult result = run("xor.json", cases("{\"name\": \"x\", \"kind\": \"sum\"}"));

        assertThat(result.unknown()).containsExactly("a2al.json");
        assertThat(result.files().getFirst().cases())
                .containsExactly(new CaseResult("x", new Outcome.Skipped("unknown kind sum")));
        assertThat(result.files().getFirst().skipped()).isEqualTo(1);
        assertThat(result.isGood()).as("no case passed").isFalse();
        assertThat(run("xor.json", cases(SAME.formatted(ZEROS))).isGood()).isTrue();
    }

    @Test
    void malformedFileDoesNotPreventOthersFromRunning() throws IOException {
        run("addresses.json", "[]");
        SuiteResult result = run("xor.json", cases(SAME.formatted(ZEROS)));

        assertThat(result.malformed())
                .singleElement()
                .satisfies(e -> assertThat(e).hasMessage("addresses.json: not an object with \"cases\""));
        assertThat(result.files()).hasSize(1);
        assertThat(result.isGood()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | xor.json: cases: missing",
                "{\"cases\": 1} | xor.json: cases: not a list of objects: 1",
                "{\"cases\": [1]} | xor.json: cases: not a list of objects: [1]",
                "{\"cases\": [{}]} | xor.json: cases[0].name: missing",
                "{\"cases\": [{\"name\": 1}]} | xor.json: cases[0].name: not a string: 1",
                "{\"cases\": [{\"name\": \"n\"}, {\"name\": \"n\"}]} | xor.json, case \"n\": name: duplicate",
                "{\"cases\": [{\"name\": \"n\"}]} | xor.json, case \"n\": kind: missing",
                "{\"cases\": [{\"name\": \"n\", \"kind\": \"less\", \"a\": \"0g\"}]}"
                        + " | xor.json, case \"n\": a: not a NodeID of 32 bytes: \"0g\"",
                "{\"cases\": [{\"name\": \"n\", \"kind\": \"less\", \"a\": null}]}"
                        + " | xor.json, case \"n\": a: not a string: null",
                "{\"cases\": [], \"cases\": []} | xor.json: not JSON in line 1: Duplicate field 'cases'",
                "{\"cases\": [ | xor.json: not JSON in line 1: Unexpected end-of-input: expected close marker for"
                        + " Array",
            })
    void malformedFileIsReportedWithThePlace(String content, String message) throws IOException {
        SuiteResult result = run("xor.json", content);
        assertThat(result.files()).isEmpty();
        assertThat(result.malformed()).singleElement().satisfies(e -> {
            assertThat(e).hasMessage(message);
            assertThat(e.file()).isEqualTo("xor.json");
            assertThat(e.caseName().isPresent()).isEqualTo(message.contains("case \"n\""));
        });
    }

    @Test
    void invalidJsonIsReportedInOneLine() throws IOException {
        for (String content : List.of("", "{", "{\"cases\": []} more", "\u0000")) {
            SuiteResult result = run("xor.json", content);
            assertThat(result.malformed())
                    .as(content)
                    .singleElement()
                    .satisfies(e -> assertThat(e.getMessage())
                            .startsWith("xor.json: not ")
                            .doesNotContain("\n"));
        }
    }

    @Test
    void nestedFieldsAreNamedByTheirPath() throws IOException {
        String name = "\"name\": \"n\", \"kind\": \"filter\", \"filter\": null";
        SuiteResult result =
                run("topics.json", cases("{" + name + ", \"entries\": [{\"protocols\": null, \"tags\": [1]}]}"));
        assertThat(result.malformed())
                .singleElement()
                .satisfies(e -> assertThat(e)
                        .hasMessage("topics.json, case \"n\": entries[0].tags: not a list of strings: [1]"));
    }

    /** An unchecked exception of this implementation fails the case and does not end the run. */
    @Test
    void valuesThatThisImplementationRejectsFailTheCase() throws IOException {
        String body = "\"header\": {\"version\": 99999, \"features\": 0, \"msg_type\": 1, \"tx_id\": \"00\"}";
        String keys = "\"seed\": \"%1$s\", \"public_key\": \"%2$s\", \"sender_address\": \"%3$s\""
                .formatted(
                        ZEROS,
                        "3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29",
                        "a0" + "00".repeat(20));
        SuiteResult result = run("messages.json", cases("{\"name\": \"n\", " + keys + ", " + body + "}"));
        assertThat(result.files().getFirst().failed()).isEqualTo(1);
    }

    @Test
    void missingDirectoriesAndFilesAreRejected() throws IOException {
        Path file = Files.writeString(directory.resolve("xor.json"), "");
        assertThatThrownBy(() -> VectorSuite.ofDirectory(file)).isInstanceOf(NotDirectoryException.class);
        assertThatThrownBy(() -> VectorSuite.ofDirectory(directory.resolve("none")))
                .isInstanceOf(NotDirectoryException.class);
    }

    @Test
    void tooLargeFilesAreNotRead() throws IOException {
        try (RandomAccessFile large =
                new RandomAccessFile(directory.resolve("xor.json").toFile(), "rw")) {
            large.setLength((64L << 20) + 1);
        }
        assertThat(VectorRunner.run(VectorSuite.ofDirectory(directory)).malformed())
                .singleElement()
                .satisfies(e -> assertThat(e).hasMessage("xor.json: cannot be read: larger than 64 MiB"));
    }
}
