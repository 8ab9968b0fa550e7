package io.a2al.app.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatusLinesTest {

    private int peers;
    private long requests;
    private long nanos = Long.MAX_VALUE - 5;
    private final StatusLines lines = new StatusLines(() -> new NodeCounts(peers, 7, requests), () -> nanos);

    /** Lets a second pass in which so many requests come. */
    private Optional<NodeStatus> second(int more) {
        nanos += Duration.ofSeconds(1).toNanos();
        requests += more;
        return lines.next();
    }

    @Test
    void theLineOfAMinuteHasTheRateOfTheMinute() {
        for (int minute = 0; minute < 2; minute++) {
            for (int i = 0; i < 30; i++) {
                assertThat(second(20)).isEmpty();
            }
            for (int i = 0; i < 29; i++) {
                assertThat(second(0)).isEmpty();
            }
            assertThat(second(0)).contains(new NodeStatus(0, 7, 10.0));
        }
    }

    @Test
    void theFirstLineHasTheRateSinceTheStartAndTheNextTheRateSinceThen() {
        for (int i = 0; i < 9; i++) {
            assertThat(second(1)).isEmpty();
        }
        peers = 3;
        assertThat(second(11)).contains(new NodeStatus(3, 7, 2.0));
        for (int i = 0; i < 49; i++) {
            assertThat(second(4)).isEmpty();
        }
        assertThat(second(4)).contains(new NodeStatus(3, 7, 4.0));
    }

    @Test
    void theLineAtATerminalHasTheRateOfTheLastSecond() {
        second(5);
        assertThat(lines.live().requestsPerSecond()).isEqualTo(5.0);
        second(8);
        assertThat(lines.live().requestsPerSecond()).isEqualTo(8.0);
    }
}
