package io.a2al.dht;

import io.a2al.dht.result.CallbackKind;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A subscription whose records wait in a queue for its consumer. Thread-safe. */
final class QueuedSubscription implements Subscription {

    private final Consumer<QueuedSubscription> onClose;
    private final NodeId key;
    private final Executor executor;
    private final Delivery delivery;

    /** Guards all below. */
    private final Object lock = new Object();

    private final Deque<VerifiedRecord> queue = new ArrayDeque<>();

    /** True while a task delivers or is to deliver. */
    private boolean draining;

    private boolean closed;
    private long id;
    private long delivered;
    private long failed;
    private long dropped;

    /**
     * How records get to the application.
     *
     * @param kind what the consumer is, for the statistics
     * @param consumer code of the application
     * @param calls survives what the consumer throws
     */
    record Delivery(CallbackKind kind, Consumer<VerifiedRecord> consumer, ApplicationCalls calls) {}

    QueuedSubscription(Consumer<QueuedSubscription> onClose, NodeId key, Executor executor, Delivery delivery) {
        this.onClose = onClose;
        this.key = key;
        this.executor = executor;
        this.delivery = delivery;
    }

    @Override
    public NodeId key() {
        return key;
    }

    @Override
    public State state() {
        synchronized (lock) {
            return new State(delivered, failed, queue.size(), dropped);
        }
    }

    @Override
    public boolean isOpen() {
        synchronized (lock) {
            return !closed;
        }
    }

    @Override
    public void close() {
        boolean first;
        synchronized (lock) {
            first = !closed;
            closed = true;
            queue.clear();
        }
        if (first) {
            onClose.accept(this);
        }
    }

    /** Takes a record for the consumer; returns at once. */
    void offer(VerifiedRecord record) {
        synchronized (lock) {
            if (closed) {
                return;
            }
            if (queue.size() >= QUEUE) {
                dropped++;
                return;
            }
            queue.add(record);
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
            // An executor that cannot start a thread now may do so for the next record.
            if (!begun) {
                draining = false;
            }
        }
    }

    private void drain() {
        boolean survived = false;
        try {
            for (VerifiedRecord next = next(); next != null; next = next()) {
                deliver(next);
            }
            survived = true;
        } finally {
            if (!survived) {
                drainElsewhere();
            }
        }
    }

    private @Nullable VerifiedRecord next() {
        synchronized (lock) {
            VerifiedRecord next = queue.poll();
            if (next == null) {
                draining = false;
            } else {
                delivered++;
            }
            return next;
        }
    }

    private void deliver(VerifiedRecord record) {
        boolean accepted = false;
        try {
            accepted = delivery.calls()
                    .run(delivery.kind(), () -> delivery.consumer().accept(record));
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

    /** Returns the number of the operation in the core. */
    long id() {
        synchronized (lock) {
            return id;
        }
    }

    void setId(long operation) {
        synchronized (lock) {
            id = operation;
        }
    }
}
