package io.a2al.dht.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.dht.logging.RateLimitedLogger;
import io.a2al.dht.result.TaskKind;
import java.io.Serial;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.event.EventRecordingLogger;
import org.slf4j.event.Level;
import org.slf4j.event.SubstituteLoggingEvent;
import org.slf4j.helpers.SubstituteLogger;

/** Failures of the node's own tasks: counted, logged once for each kind, and survived. */
@Timeout(60)
class TasksTest {

    private static RateLimitedLogger logInto(Queue<SubstituteLoggingEvent> lines) {
        return new RateLimitedLogger(
                new EventRecordingLogger(new SubstituteLogger("test", lines, true), lines), () -> 0);
    }

    @Test
    void failuresAreCountedAndLoggedOnceForEachKind() {
        Queue<SubstituteLoggingEvent> lines = new ArrayDeque<>();
        try (Tasks tasks = new Tasks(logInto(lines))) {
            List<Throwable> thrown =
                    List.of(new IllegalStateException("on purpose"), new OutOfMemoryError("on purpose"));
            for (TaskKind kind : TaskKind.values()) {
                thrown.forEach(each -> tasks.run(kind, () -> sneakyThrow(each)));
            }

            assertThat(lines)
                    .extracting(SubstituteLoggingEvent::getMessage)
                    .containsExactly(Stream.of(TaskKind.values())
                            .map(kind -> kind.text() + " failed")
                            .toArray(String[]::new));
            assertThat(lines).extracting(SubstituteLoggingEvent::getThrowable).containsOnly(thrown.getFirst());
            assertThat(lines).allMatch(line -> line.getLevel() == Level.ERROR);
            assertThat(tasks.statistics().failures())
                    .containsOnlyKeys(TaskKind.values())
                    .allSatisfy((kind, count) -> assertThat(count).isEqualTo(2));
            assertThat(tasks.statistics().failuresTotal()).isEqualTo(2L * TaskKind.values().length);
        }
    }

    private static void sneakyThrow(Throwable thrown) {
        switch (thrown) {
            case RuntimeException exception -> throw exception;
            case Error error -> throw error;
            default -> throw new IllegalArgumentException(thrown);
        }
    }

    @Test
    void aFailureIsCountedEvenIfTheLoggerFailsToo() {
        Queue<SubstituteLoggingEvent> full = new ArrayDeque<>() {
            @Serial
            private static final long serialVersionUID = 1L;

            @Override
            public boolean add(SubstituteLoggingEvent line) {
                throw new OutOfMemoryError("on purpose");
            }
        };
        try (Tasks tasks = new Tasks(logInto(full))) {
            tasks.run(TaskKind.TIMER, () -> {
                throw new IllegalStateException("on purpose");
            });
            assertThat(tasks.statistics().failures()).containsEntry(TaskKind.TIMER, 1L);
        }
    }

    @Test
    void aTaskRunsOnAThreadOfItsOwnUntilTheTasksAreClosed() throws Exception {
        CompletableFuture<Thread> running = new CompletableFuture<>();
        Tasks tasks = new Tasks(logInto(new ArrayDeque<>()));
        tasks.start(TaskKind.RENEWAL, () -> running.complete(Thread.currentThread()));
        assertThat(running.get(50, TimeUnit.SECONDS)).matches(Thread::isVirtual).isNotSameAs(Thread.currentThread());

        tasks.close();
        tasks.start(TaskKind.RENEWAL, () -> {
            throw new IllegalStateException("started after closing");
        });
        assertThat(tasks.statistics().failuresTotal()).isZero();
    }
}
