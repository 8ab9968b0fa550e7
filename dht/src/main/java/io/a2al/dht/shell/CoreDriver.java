package io.a2al.dht.shell;

import io.a2al.core.NodeCore;
import io.a2al.core.api.Admission;
import io.a2al.core.api.Effect;
import io.a2al.core.api.Input;
import io.a2al.core.shell.CoreTurn;
import io.a2al.core.shell.NodeShell;
import io.a2al.core.time.NodeTime;
import io.a2al.core.time.ShellTime;
import io.a2al.dht.result.TaskKind;
import io.a2al.dht.transport.TimeSource;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Envelope;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Lets one thread at a time use a {@link NodeCore}, and wakes the timer thread when a deadline comes. Effects are
 * carried out outside the lock, by the thread that caused them: a receiving thread sends the answers, the caller of an
 * operation its first requests, the timer thread retransmissions. Thread-safe.
 */
public final class CoreDriver implements CoreTurn {

    private final NodeCore core;
    private final TimeSource time;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition earlierDeadline = lock.newCondition();

    /** The deadline that the timer thread waits for, in nanoseconds of shell time; guarded by the lock. */
    private long awaitedDeadline = NodeTime.NEVER;

    private boolean closed;

    /** A driver of this core, which nothing else may use from now on. */
    public CoreDriver(NodeCore core, TimeSource time) {
        this.core = core;
        this.time = time;
    }

    @Override
    public Admission admit(Endpoint from, Envelope envelope) {
        lock.lock();
        try {
            return core.admit(time.now(), from, envelope);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean mayEcho(Endpoint from, Bytes probe) {
        lock.lock();
        try {
            return !closed && core.mayEcho(time.now(), from, probe);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isInTouch(Endpoint from, NodeId node) {
        lock.lock();
        try {
            return !closed && core.isInTouch(time.now(), from, node);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<Effect> handle(Input input) {
        lock.lock();
        try {
            if (closed) {
                return List.of();
            }
            List<Effect> effects = core.handle(time.now(), input);
            wakeIfEarlier();
            return effects;
        } finally {
            lock.unlock();
        }
    }

    /** Applies a function to the core in its turn; it may change the core, but must cause no effects. */
    public <T> T ask(Function<NodeCore, T> question) {
        lock.lock();
        try {
            T answer = question.apply(core);
            wakeIfEarlier();
            return answer;
        } finally {
            lock.unlock();
        }
    }

    /** Changes the core in its turn; {@code notice} must cause no effects. */
    public void tell(Consumer<NodeCore> notice) {
        ask(core -> {
            notice.accept(core);
            return true;
        });
    }

    /** Wakes the timer thread if the core has a deadline before the one that the thread waits for. */
    private void wakeIfEarlier() {
        if (core.nextDeadline() - awaitedDeadline < 0 || awaitedDeadline == NodeTime.NEVER) {
            earlierDeadline.signal();
        }
    }

    /**
     * Ticks the core whenever a deadline comes, until {@link #close}; the body of the timer thread. What a tick throws
     * does not end the thread.
     */
    public void runTimers(NodeShell shell, Tasks tasks) {
        while (awaitDeadline()) {
            tasks.run(TaskKind.TIMER, () -> shell.handle(new Input.Tick()));
        }
    }

    /** Waits until a deadline has come; returns false once closed. */
    private boolean awaitDeadline() {
        lock.lock();
        try {
            while (!closed) {
                awaitedDeadline = core.nextDeadline();
                long wait = awaitedDeadline == NodeTime.NEVER
                        ? TimeUnit.DAYS.toNanos(1)
                        : awaitedDeadline - time.now().nanos();
                if (wait <= 0) {
                    return true;
                }
                earlierDeadline.awaitNanos(wait);
            }
            return false;
        } catch (InterruptedException unexpected) {
            // Only close() ends the timer thread, and it does not interrupt.
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /** Returns the present shell time. */
    public ShellTime now() {
        return time.now();
    }

    /** Returns whether {@link #close} was called. */
    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the timer thread; no later input has an effect. */
    public void close() {
        lock.lock();
        try {
            closed = true;
            earlierDeadline.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
