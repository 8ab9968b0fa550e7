package io.a2al.dht.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.dht.files.SequenceFile;
import io.a2al.dht.logging.RateLimitedLogger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class SequenceNumbersTest {

    private static final long NOW = 1_800_000_000L;

    private final RateLimitedLogger log =
            new RateLimitedLogger(LoggerFactory.getLogger(SequenceNumbersTest.class), System::nanoTime);

    @TempDir
    private Path folder;

    private Path path;

    @BeforeEach
    void name() {
        path = folder.resolve("sequence");
    }

    private SequenceNumbers started() {
        return new SequenceNumbers(Optional.of(new SequenceFile(path)), log);
    }

    @Test
    void numbersFollowTheClockAndGrow() {
        SequenceNumbers numbers = started();
        assertThat(numbers.next(NOW)).isEqualTo(NOW);
        assertThat(numbers.next(NOW)).isEqualTo(NOW + 1);
        assertThat(numbers.next(NOW + 50)).isEqualTo(NOW + 50);
    }

    /** The clock is set back over a restart, by a day and by any number of restarts within a second. */
    @Test
    void noRestartGivesAnEarlierNumber() {
        long last = 0;
        for (int start = 0; start < 5; start++) {
            SequenceNumbers numbers = started();
            for (int i = 0; i < 700; i++) {
                long next = numbers.next(NOW - start * 86_400L);
                assertThat(next).isGreaterThan(last);
                last = next;
            }
        }
    }

    @Test
    void theBoundIsOnTheDiskBeforeTheNumberIsUsed() throws IOException {
        SequenceNumbers numbers = started();
        for (int i = 0; i < 2000; i++) {
            long next = numbers.next(NOW);
            assertThat(new SequenceFile(path).read()).isGreaterThanOrEqualTo(next);
        }
    }

    @Test
    void aDamagedFileIsSetAside() throws IOException {
        Files.writeString(path, "a diary");
        assertThat(started().next(NOW)).isEqualTo(NOW);
        assertThat(folder.resolve("sequence.damaged")).hasContent("a diary");
        assertThat(new SequenceFile(path).read()).isGreaterThanOrEqualTo(NOW);
    }

    @Test
    void aFileThatCannotBeWrittenEndsNothing() {
        path = folder.resolve("missing/sequence");
        SequenceNumbers numbers = started();
        assertThat(numbers.next(NOW)).isEqualTo(NOW);
        assertThat(numbers.next(NOW)).isEqualTo(NOW + 1);
    }
}
