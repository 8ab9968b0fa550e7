package io.a2al.app.cli;

import java.time.Duration;

/**
 * Says what a command is waiting for, in the status line, once that takes longer than a second; at a terminal only, and
 * not beside JSON. Thread-safe.
 */
public final class Waiting implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Output output;
    private final long began = System.nanoTime();
    private String what;
    private boolean visible;
    private boolean closed;

    private Waiting(Output output, String what) {
        this.output = output;
        this.what = what;
    }

    /** Begins to wait. */
    public static Waiting on(Output output, String what) {
        Waiting waiting = new Waiting(output, what);
        if (!output.isJson()) {
            Thread.ofPlatform().name("a2al-waiting").daemon().start(waiting::run);
        }
        return waiting;
    }

    /** Says what it is that is waited for now. */
    public synchronized void say(String now) {
        what = now;
        if (visible) {
            show();
        }
    }

    /** Whether there is a terminal is asked only now, as most commands are done by then. */
    private synchronized void run() {
        try {
            while (!closed) {
                wait(PATIENCE.toMillis());
                if (!closed && (visible || ProgressBar.isWatched(output))) {
                    visible = true;
                    show();
                }
            }
        } catch (InterruptedException _) {
            // No code interrupts it; without it nothing is shown.
        }
    }

    private void show() {
        output.overwrite(
                what + " ... " + Duration.ofNanos(System.nanoTime() - began).toSeconds() + " s");
    }

    /** Takes the line away. */
    @Override
    public synchronized void close() {
        closed = true;
        if (visible) {
            visible = false;
            output.overwrite("");
        }
        notifyAll();
    }
}
