package io.a2al.http.schedule;

import io.a2al.dht.logging.RateLimitedLogger;
import io.a2al.dht.result.NodeClosedException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;

/**
 * Runs one task at intervals, on a virtual thread of its own, until this or the node is closed. A task that fails is
 * logged, at most one line in half a minute, and run again: the executor itself would drop it without a word.
 * Thread-safe.
 */
public final class Periodic implements AutoCloseable {

    private final String what;
    private final Runnable task;
    private final RateLimitedLogger log;
    private final ScheduledExecutorService timer;

    /**
     * Nothing runs yet.
     *
     * @param thread the name of the thread
     * @param what the task does, as a log line tells it: "looking after the agents"
     * @param task may throw
     * @param log where failures are logged
     */
    public Periodic(String thread, String what, Runnable task, Logger log) {
        this.what = what;
        this.task = task;
        this.log = new RateLimitedLogger(log, System::nanoTime);
        this.timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofVirtual().name(thread).factory());
    }

    /**
     * Begins, with the first run at once.
     *
     * @param pause from the end of a run until the next
     */
    public void withPause(Duration pause) {
        var _ = timer.scheduleWithFixedDelay(this::run, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Begins, with the first run at once.
     *
     * @param period from the start of a run to that of the next
     */
    public void every(Duration period) {
        var _ = timer.scheduleAtFixedRate(this::run, 0, period.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void run() {
        try {
            task.run();
        } catch (NodeClosedException nothingToDo) {
            timer.shutdown();
        } catch (RuntimeException | Error e) {
            log.error("{} failed; it is tried again", what, e);
        }
    }

    /** Waits until no run can come any more. */
    void awaitEnd() throws InterruptedException {
        boolean _ = timer.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    }

    /** Ends at once; a run under way is interrupted. Can be called twice. */
    @Override
    public void close() {
        timer.shutdownNow();
    }
}
