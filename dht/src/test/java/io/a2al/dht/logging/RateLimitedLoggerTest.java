package io.a2al.dht.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.slf4j.event.EventRecordingLogger;
import org.slf4j.event.SubstituteLoggingEvent;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.helpers.SubstituteLogger;

class RateLimitedLoggerTest {

    private final Queue<SubstituteLoggingEvent> events = new ArrayDeque<>();
    private long nanos = Long.MAX_VALUE - 5;
    private final RateLimitedLogger log = new RateLimitedLogger(
            new EventRecordingLogger(new SubstituteLogger("test", events, true), events), () -> nanos);

    private String next() {
        SubstituteLoggingEvent event = events.remove();
        return event.getLevel() + " "
                + MessageFormatter.arrayFormat(event.getMessage(), event.getArgumentArray())
                        .getMessage();
    }

    private void pass(Duration duration) {
        nanos += duration.toNanos();
    }

    @Test
    void thereIsOneLineOfAKindInHalfAMinute() {
        for (int i = 0; i < 1000; i++) {
            log.warn("file {} cannot be read: {}", "x" + i, "no");
        }
        assertThat(events).hasSize(1);
        assertThat(next()).isEqualTo("WARN file x0 cannot be read: no");
        pass(Duration.ofMillis(29_999));
        log.warn("file {} cannot be read: {}", "y", "no");
        assertThat(events).isEmpty();

        pass(Duration.ofMillis(1));
        log.warn("file {} cannot be read: {}", "z", "no");
        assertThat(next()).isEqualTo("WARN file z cannot be read: no (and 1000 more of this kind before)");
        pass(Duration.ofSeconds(30));
        log.warn("file {} cannot be read: {}", "again", "no");
        assertThat(next()).isEqualTo("WARN file again cannot be read: no");
    }

    @Test
    void kindsDoNotSilenceEachOther() {
        log.warn("one");
        log.warn("another {}", 1);
        log.warn("another {}", 2);
        assertThat(next()).isEqualTo("WARN one");
        assertThat(next()).isEqualTo("WARN another 1");
        assertThat(events).isEmpty();
    }

    @Test
    void aDefectIsLoggedWithItsStack() {
        IllegalStateException defect = new IllegalStateException();
        log.error("a datagram could not be handled", defect);
        assertThat(events.element().getThrowable()).isSameAs(defect);
        assertThat(next()).isEqualTo("ERROR a datagram could not be handled");
    }
}
