package io.a2al.dht.shell;

import io.a2al.core.NodeCore;
import io.a2al.core.api.Admission;
import io.a2al.core.api.Command;
import io.a2al.core.api.Effect;
import io.a2al.core.api.Input;
import io.a2al.core.api.Outcome;
import io.a2al.core.time.NodeTime;
import io.a2al.core.time.ShellTime;
import io.a2al.dht.result.NodeClosedException;
import io.a2al.dht.transport.TimeSource;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Envelope;
import io.a2al.protocol.message.TransactionId;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;

/**
 * The threads' side of a {@link NodeCore}: lets one at a time in, carries out the effects outside the lock, and wakes
 * the core when a deadline comes. Thread-safe.
 *
 * <p>Who carries out effects is who caused them: a receiving thread sends the answers, the caller of an operation sends
 * its first requests, the timer thread sends repetitions. Outcomes are handed to the application on the callback
 * executor, unless the application's own thread got them at once; so application code never runs on a receiving thread.
 */
public final class CoreDriver {

    private final NodeCore core;
    private final TimeSource time;
    private final Executor callbacks;
    private final CoreEvents events;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition earlierDeadline = lock.newCondition();
    private final Map<Long, CompletableFuture<Outcome>> operations = new ConcurrentHashMap<>();
    private final AtomicLong nextOperation = new AtomicLong(1);

    /** What the timer thread waits for; guarded by the lock. */
    private long awaitedDeadline = NodeTime.NEVER;

    private boolean closed;

    public CoreDriver(NodeCore core, TimeSource time, Executor callbacks, CoreEvents events) {
        this.core = core;
        this.time = time;
        this.callbacks = callbacks;
        this.events = events;
    }

    /** See {@link NodeCore#admit}. */
    Admission admit(Endpoint from, Envelope envelope) {
        lock.lock();
        try {
            return core.admit(time.now(), from, envelope);
        } finally {
            lock.unlock();
        }
    }

    /** See {@link NodeCore#mayEcho}. */
    boolean mayEcho(Endpoint from, Bytes probe) {
        lock.lock();
        try {
            return !closed && core.mayEcho(time.now(), from, probe);
        } finally {
            lock.unlock();
        }
    }

    /** Feeds an input and sends what follows from it. */
    void handle(Input input, PacketSender sender) {
        perform(step(input), sender, callbacks);
    }

    /** Begins an operation; its number is handed to {@code beforehand} before anything can come of it. */
    CompletableFuture<Outcome> submit(Command command, PacketSender sender, LongConsumer beforehand) {
        long operation = nextOperation.getAndIncrement();
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        operations.put(operation, outcome);
        beforehand.accept(operation);
        List<Effect> effects;
        lock.lock();
        try {
            if (closed) {
                operations.remove(operation);
                return CompletableFuture.failedFuture(new NodeClosedException());
            }
            effects = step(new Input.Submit(operation, command));
        } finally {
            lock.unlock();
        }
        perform(effects, sender, Runnable::run);
        return outcome;
    }

    private List<Effect> step(Input input) {
        lock.lock();
        try {
            if (closed) {
                return List.of();
            }
            List<Effect> effects = core.handle(time.now(), input);
            if (core.nextDeadline() - awaitedDeadline < 0 || awaitedDeadline == NodeTime.NEVER) {
                earlierDeadline.signal();
            }
            return effects;
        } finally {
            lock.unlock();
        }
    }

    private void perform(List<Effect> effects, PacketSender sender, Executor executor) {
        List<TransactionId> unsent = carryOut(effects, sender, executor);
        while (!unsent.isEmpty()) {
            List<Effect> further = new ArrayList<>();
            unsent.forEach(transaction -> further.addAll(step(new Input.Unsent(transaction))));
            unsent = carryOut(further, sender, callbacks);
        }
    }

    /** Returns the requests that could not be sent. */
    private List<TransactionId> carryOut(List<Effect> effects, PacketSender sender, Executor executor) {
        List<TransactionId> unsent = List.of();
        for (int i = 0; i < effects.size(); i++) {
            switch (effects.get(i)) {
                case Effect.Send send -> {
                    if (!sender.send(send) && !send.message().type().isResponse()) {
                        unsent = unsent.isEmpty() ? new ArrayList<>() : unsent;
                        unsent.add(send.transactionId());
                    }
                }
                case Effect.Complete(long operation, Outcome outcome) -> {
                    CompletableFuture<Outcome> waiting = operations.remove(operation);
                    if (waiting != null) {
                        executor.execute(() -> waiting.complete(outcome));
                    }
                }
                case Effect.Observed(NodeId reporter, Endpoint observed) -> events.onObserved(reporter, observed);
                case Effect.Heard(long listener, VerifiedRecord record) -> events.onHeard(listener, record);
                case Effect.SaveDue() -> events.onSaveDue();
                case Effect.SeedsWanted() -> events.onSeedsWanted();
                case Effect.RenewalDue(long publication) -> events.onRenewalDue(publication);
            }
        }
        return unsent;
    }

    /** Ticks the core whenever a deadline comes, until {@link #close}; the body of the timer thread. */
    public void runTimers(PacketSender sender) {
        while (awaitDeadline()) {
            handle(new Input.Tick(), sender);
        }
    }

    /** Waits until a deadline has come; false once closed. */
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
        } catch (InterruptedException nobodyInterruptsThis) {
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Lets {@code question} see the core, when nobody else is in there; it must cause no effects. */
    public <T> T ask(Function<NodeCore, T> question) {
        lock.lock();
        try {
            return question.apply(core);
        } finally {
            lock.unlock();
        }
    }

    /** Lets {@code notice} change the core, when nobody else is in there; it must cause no effects. */
    public void tell(Consumer<NodeCore> notice) {
        lock.lock();
        try {
            notice.accept(core);
        } finally {
            lock.unlock();
        }
    }

    /** The present moment of the node. */
    public ShellTime now() {
        return time.now();
    }

    /** Ends everything: no further input has an effect, and operations under way fail. */
    public void close() {
        lock.lock();
        try {
            closed = true;
            earlierDeadline.signalAll();
        } finally {
            lock.unlock();
        }
        operations.forEach((operation, waiting) -> waiting.completeExceptionally(new NodeClosedException()));
        operations.clear();
    }
}
