package io.a2al.dht;

import io.a2al.dht.result.CallbackKind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one consumer of the application: it is called for one item at a time, in order, on a thread of the
 * executor. At most {@value Subscription#QUEUE} items wait; further ones are dropped and counted. Thread-safe.
 *
 * @param <T> what the consumer takes
 */
final class CallbackQueue<T> {

    private final Executor executor;
    private final Delivery<T> delivery;

    /** Guards all below. */
    private final Object lock = new Object();

    private final Deque<T> queue = new ArrayDeque<>();

    /** True while a task delivers or is to deliver. */
    private boolean draining;

    private boolean closed;
    private long delivered;
    private long failed;
    private long dropped;

    /**
     * How items get to the application.
     *
     * @param kind what the consumer is, for the statistics
     * @param consumer code of the application
     * @param calls survives what the consumer throws
     */
    record Delivery<T>(CallbackKind kind, Consumer<T> consumer, ApplicationCalls calls) {}

    CallbackQueue(Executor executor, Delivery<T> delivery) {
        this.executor = executor;
        this.delivery = delivery;
    }

    Subscription.State state() {
        synchronized (lock) {
            return new Subscription.State(delivered, failed, queue.size(), dropped);
        }
    }

    boolean isOpen() {
        synchronized (lock) {
            return !closed;
        }
    }

    /** Discards what waits, and takes nothing more. Returns true at the first call. */
    boolean close() {
        synchronized (lock) {
            boolean first = !closed;
            closed = true;
            queue.clear();
            return first;
        }
    }

    /** Takes an item for the consumer; returns at once. */
    void offer(T item) {
        synchronized (lock) {
            if (closed) {
                return;
            }
            if (queue.size() >= Subscription.QUEUE) {
                dropped++;
                return;
            }
            queue.add(item);
            if (!draining) {
                beginDraining();
            }
        }
    }

    /** Called under the lock, so that nothing is begun after closing. */
    private void beginDraining() {
        draining = true;
        boolean begun = false;
        try {
            executor.execute(this::drain);
            begun = true;
        } finally {
            // An executor that cannot start a thread now may do so for the next item.
            if (!begun) {
                draining = false;
            }
        }
    }

    private void drain() {
        boolean survived = false;
        try {
            for (T next = next(); next != null; next = next()) {
                deliver(next);
            }
            survived = true;
        } finally {
            if (!survived) {
                drainElsewhere();
            }
        }
    }

    private @Nullable T next() {
        synchronized (lock) {
            T next = queue.poll();
            if (next == null) {
                draining = false;
            } else {
                delivered++;
            }
            return next;
        }
    }

    private void deliver(T item) {
        boolean accepted = false;
        try {
            accepted = delivery.calls()
                    .run(delivery.kind(), () -> delivery.consumer().accept(item));
        } finally {
            if (!accepted) {
                synchronized (lock) {
                    failed++;
                }
            }
        }
    }

    /** This thread ends by an error of the virtual machine; what waits is delivered by another one. */
    private void drainElsewhere() {
        synchronized (lock) {
            if (queue.isEmpty()) {
                draining = false;
            } else {
                beginDraining();
            }
        }
    }
}
