package io.a2al.http.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.a2al.protocol.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Feeds every target all of its corpus, in which is what fuzzing found, and each seed cut and with single bits changed.
 * With {@code -Dfuzz.seeds=true} it writes the seeds into the corpus.
 */
class FuzzCorpusTest {

    /** Largest corpus of one target, in bytes, as it is in the repository. */
    private static final long MAX_CORPUS = 64 << 10;

    private static List<Path> files(FuzzTarget target) throws IOException {
        try (Stream<Path> files = Files.list(target.corpus())) {
            return files.sorted().toList();
        }
    }

    private static void check(FuzzTarget target, byte[] input, String name) {
        assertThatCode(() -> target.check(input))
                .as("%s, %s", target.corpus(), name)
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @EnumSource
    void theCorpusBreaksNoRule(FuzzTarget target) throws Exception {
        if (Boolean.getBoolean("fuzz.seeds")) {
            Files.createDirectories(target.corpus());
            for (Map.Entry<String, Bytes> seed : Seeds.of(target).entrySet()) {
                Files.write(
                        target.corpus().resolve("seed-" + seed.getKey()),
                        seed.getValue().toArray());
            }
        }
        List<Path> files = files(target);
        assertThat(files).hasSizeGreaterThanOrEqualTo(Seeds.of(target).size());
        long length = 0;
        for (Path file : files) {
            byte[] input = Files.readAllBytes(file);
            length += input.length;
            check(target, input, file.getFileName().toString());
        }
        assertThat(length).as("bytes of the corpus").isLessThan(MAX_CORPUS);
    }

    @ParameterizedTest
    @EnumSource
    void noCutOrChangedSeedBreaksARule(FuzzTarget target) throws Exception {
        for (Map.Entry<String, Bytes> seed : Seeds.of(target).entrySet()) {
            byte[] input = seed.getValue().toArray();
            int step = 1 + input.length / 16;
            for (int at = 0; at < input.length; at += step) {
                byte[] changed = input.clone();
                changed[at] ^= (byte) (1 << at % Byte.SIZE);
                check(target, changed, seed.getKey() + " with a changed bit at " + at);
                check(target, Bytes.copyOfRange(input, 0, at).toArray(), seed.getKey() + " cut at " + at);
            }
        }
    }
}
