package io.a2al.dht.shell;

import io.a2al.dht.logging.RateLimitedLogger;
import io.a2al.dht.result.TaskKind;
import io.a2al.dht.result.TaskStatistics;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;

/**
 * Runs the tasks of a node, and survives what they throw. A task that takes time, or that calls the application, has a
 * virtual thread of its own: it never runs on a thread that receives, ticks or submits, and never under a lock. A
 * failure is counted, and logged at most once in half a minute for each kind; later tasks run all the same. After
 * {@link #close} no task is started. Thread-safe.
 */
public final class Tasks implements Executor, AutoCloseable {

    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("a2al-task-", 0).factory());

    private final RateLimitedLogger log;
    private final Map<TaskKind, LongAdder> failures = new EnumMap<>(TaskKind.class);

    /** Runs nothing yet. */
    public Tasks(RateLimitedLogger log) {
        this.log = log;
        for (TaskKind kind : TaskKind.values()) {
            failures.put(kind, new LongAdder());
        }
    }

    /** Calls the application on a thread of its own. */
    @Override
    public void execute(Runnable callback) {
        start(TaskKind.CALLBACK, callback);
    }

    /** Runs a task on a thread of its own; does nothing once closed. */
    public void start(TaskKind kind, Runnable task) {
        try {
            threads.execute(() -> run(kind, task));
        } catch (RejectedExecutionException closed) {
            // A node that is being closed starts nothing.
        }
    }

    /** Runs a task on this thread, which survives whatever the task throws. */
    public void run(TaskKind kind, Runnable task) {
        try {
            task.run();
        } catch (Throwable thrown) {
            onFailure(kind, thrown);
        }
    }

    /** Counts and logs what a task threw. Never throws, as the calling thread must go on. */
    void onFailure(TaskKind kind, Throwable thrown) {
        Objects.requireNonNull(failures.get(kind)).increment();
        try {
            log.error(kind.text() + " failed", thrown);
        } catch (Throwable unloggable) {
            // The application's logger failed, or no memory is left for a line. The failure is counted.
        }
    }

    /** Returns how many tasks have failed. */
    public TaskStatistics statistics() {
        Map<TaskKind, Long> counts = new EnumMap<>(TaskKind.class);
        failures.forEach((kind, count) -> counts.put(kind, count.sum()));
        return new TaskStatistics(counts);
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
