package io.a2al.http.mcp;

import java.util.Optional;

/**
 * A request that waits to be answered or is being answered. Until it is, it can be cancelled: the thread that answers
 * it is interrupted, and there is no answer. Thread-safe.
 */
final class Call {

    private final Object id;
    private Optional<Thread> answering = Optional.empty();
    private boolean cancelled;
    private boolean answered;

    /**
     * A call that waits.
     *
     * @param id of the request
     */
    Call(Object id) {
        this.id = id;
    }

    Object id() {
        return id;
    }

    /** Begins to answer on this thread; returns false if the call was cancelled. */
    synchronized boolean begin() {
        answering = Optional.of(Thread.currentThread());
        return !cancelled;
    }

    /** Has no effect once there is an answer. */
    synchronized void cancel() {
        if (!answered) {
            cancelled = true;
            answering.ifPresent(Thread::interrupt);
        }
    }

    synchronized boolean isCancelled() {
        return cancelled;
    }

    /** Returns true if an answer may be sent, after which the call cannot be cancelled any more. */
    synchronized boolean isToBeAnswered() {
        answered = !cancelled;
        return answered;
    }

    /** Ends on the thread that began, which is not interrupted any more, nor has been by a cancellation. */
    synchronized void end() {
        answering = Optional.empty();
        answered = true;
        if (cancelled) {
            boolean _ = Thread.interrupted();
        }
    }
}
