package io.a2al.http.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.dht.result.NodeClosedException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.event.EventRecordingLogger;
import org.slf4j.event.SubstituteLoggingEvent;
import org.slf4j.helpers.SubstituteLogger;

@Timeout(60)
class PeriodicTest {

    private static final Duration OFTEN = Duration.ofMillis(1);
    private static final int RUNS = 5;

    private final Queue<SubstituteLoggingEvent> events = new ConcurrentLinkedQueue<>();
    private final CountDownLatch runs = new CountDownLatch(RUNS);

    private Periodic failingWith(Throwable failure) {
        return new Periodic(
                "a2al-test",
                "counting",
                () -> {
                    runs.countDown();
                    PeriodicTest.<RuntimeException>sneak(failure);
                },
                new EventRecordingLogger(new SubstituteLogger("test", events, true), events));
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable failure) throws T {
        throw (T) failure;
    }

    private void goesOn(Throwable failure, Consumer<Periodic> begin) throws InterruptedException {
        try (Periodic periodic = failingWith(failure)) {
            begin.accept(periodic);
            runs.await();
        }
        assertThat(events).hasSize(1);
        assertThat(events.element().getMessage()).isEqualTo("{} failed; it is tried again");
        assertThat(events.element().getArgumentArray()).contains("counting");
        assertThat(events.element().getThrowable()).isSameAs(failure);
    }

    @Test
    void aTaskThatFailsRunsAgainAndIsLoggedOnce() throws InterruptedException {
        goesOn(new IllegalStateException("a defect"), periodic -> periodic.every(OFTEN));
    }

    @Test
    void anErrorEndsItAsLittle() throws InterruptedException {
        goesOn(new AssertionError("a defect"), periodic -> periodic.withPause(OFTEN));
    }

    @Test
    void itEndsWithTheNode() throws InterruptedException {
        try (Periodic periodic = failingWith(new NodeClosedException())) {
            periodic.every(OFTEN);
            periodic.awaitEnd();
        }
        assertThat(runs.getCount()).isEqualTo(RUNS - 1);
        assertThat(events).isEmpty();
    }
}
