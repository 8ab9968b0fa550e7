package io.a2al.app.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A request to stop the program: SIGINT, SIGTERM, or an interruption of the waiting thread. While an instance is open,
 * a signal does not end the process before {@link #close()}, so that the command can clean up; the exit code is then 0,
 * unless the command sets another.
 */
public final class StopSignal implements AutoCloseable {

    /** The time a command has to clean up. */
    private static final long PATIENCE_SECONDS = 10;

    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile int exitCode;
    private final Thread hook = new Thread(this::onShutdown, "a2al-stop");

    private StopSignal() {}

    /** Begins to listen for signals. */
    public static StopSignal install() {
        StopSignal signal = new StopSignal();
        Runtime.getRuntime().addShutdownHook(signal.hook);
        return signal;
    }

    /** Returns whether a signal came. */
    public boolean isRequested() {
        return requested.getCount() == 0;
    }

    /** Sets the exit code for when the process ends by a signal. */
    public void exitWith(int code) {
        exitCode = code;
    }

    /** Waits for a signal; true if there was one, false after {@code timeout}. */
    public boolean await(Duration timeout) {
        try {
            return requested.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException alsoASignal) {
            return true;
        }
    }

    private void onShutdown() {
        requested.countDown();
        boolean clean;
        try {
            clean = finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException impatient) {
            clean = false;
        }
        // Otherwise the exit code would name the signal, although stopping like this is the regular end.
        Runtime.getRuntime().halt(clean ? exitCode : ExitCodes.FAILED);
    }

    /** Lets the process end, as everything is cleaned up. */
    @Override
    public void close() {
        finished.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // The hook is running and has just been told to finish.
        }
    }
}
