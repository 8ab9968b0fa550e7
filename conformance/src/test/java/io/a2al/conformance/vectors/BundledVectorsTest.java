package io.a2al.conformance.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs the bundled vectors against this implementation, one test for each file. */
class BundledVectorsTest {

    @ParameterizedTest
    @EnumSource(VectorKind.class)
    void everyCasePasses(VectorKind kind) throws MalformedVectorException {
        VectorFile file = BundledVectors.file(kind);
        FileResult result = VectorRunner.run(kind, file);
        System.out.println(
                "vectors " + result.file() + ": " + result.cases().size() + " cases, " + result.passed() + " passed");

        assertThat(result.cases())
                .extracting(CaseResult::name)
                .isEqualTo(file.cases().stream().map(Fields::caseName).toList());
        assertThat(result.with(Outcome.Failed.class)).isEmpty();
        assertThat(result.with(Outcome.Skipped.class)).isEmpty();
        assertThat(result.passed()).isPositive();
        checkDecisions(kind, result);
    }

    /** Checks that there is a decision for each open or differing case, and for no other. */
    private static void checkDecisions(VectorKind kind, FileResult result) {
        TreeSet<String> decided = new TreeSet<>();
        result.with(Outcome.Open.class).forEach(one -> decided.add(one.name()));
        result.with(Outcome.Differs.class).forEach(one -> decided.add(one.name()));
        assertThat(kind.choices().names()).as("cases with a decision").isEqualTo(decided);
    }

    @Test
    void everyBundledFileHasACheck() throws IOException, URISyntaxException {
        Path directory = Path.of(Objects.requireNonNull(
                                VectorSuite.class.getResource("/io/a2al/conformance/vectors/addresses.json"))
                        .toURI())
                .resolveSibling("");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".json")))
                    .containsExactlyInAnyOrderElementsOf(
                            Stream.of(VectorKind.values()).map(VectorKind::file).toList());
        }
    }
}
