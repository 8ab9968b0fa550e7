package io.a2al.dht.shell;

import io.a2al.dht.logging.RateLimitedLogger;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;

/**
 * Runs what takes time, and the application's own code, each task on a virtual thread of its own: never on a thread
 * that receives, ticks or submits, and never under a lock. A task that throws is logged, at most one line of a kind in
 * half a minute, and counted; the next one runs all the same. After {@link #close} tasks are dropped. Thread-safe.
 */
public final class Callbacks implements Executor, AutoCloseable {

    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("a2al-callback-", 0).factory());

    private final RateLimitedLogger log;
    private final LongAdder failures = new LongAdder();

    /** Runs nothing yet. */
    public Callbacks(RateLimitedLogger log) {
        this.log = log;
    }

    @Override
    public void execute(Runnable task) {
        run("a task of the node", task);
    }

    /**
     * Runs a task later.
     *
     * @param kind what it is, for the log
     */
    public void run(String kind, Runnable task) {
        try {
            threads.execute(() -> attempt(kind, task));
        } catch (RejectedExecutionException closed) {
            // A node that is being closed starts nothing.
        }
    }

    /**
     * Runs a task of this kind on this thread and survives what it throws.
     *
     * @return false if it threw
     */
    public boolean attempt(String kind, Runnable task) {
        try {
            task.run();
            return true;
        } catch (OutOfMemoryError fatal) {
            failures.increment();
            throw fatal;
        } catch (Throwable thrown) {
            failures.increment();
            log.error(kind + " failed", thrown);
            return false;
        }
    }

    /** Returns how many tasks have thrown since the start. */
    public long failures() {
        return failures.sum();
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
