package io.a2al.dht.shell;

import io.a2al.core.api.Command;
import io.a2al.core.api.Input;
import io.a2al.core.api.Outcome;
import io.a2al.core.shell.NodeShell;
import io.a2al.dht.result.NodeClosedException;
import io.a2al.dht.result.RefusedException;
import io.a2al.dht.result.TaskKind;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * Serialises application commands into the core and completes their futures. A future is completed on a thread of its
 * own, never under a lock, so that what an application does then holds up nothing else. Cancelling a future, or
 * completing it by a timeout, ends its operation in the core. Thread-safe.
 */
public final class Operations {

    private static final String NOT_STARTED = "the node is not started; call start() first";

    private final Tasks tasks;
    private final Map<Long, CompletableFuture<Outcome>> waiting = new ConcurrentHashMap<>();
    private final AtomicLong nextOperation = new AtomicLong(1);

    /**
     * Lets in one command at a time, because a shell keeps buffers. Nothing else happens under this lock, and signing
     * takes microseconds.
     */
    private final Object turn = new Object();

    private volatile Phase phase = Phase.NEW;

    private enum Phase {
        NEW,
        OPEN,
        CLOSED
    }

    /** Set before the phase is {@link Phase#OPEN}. */
    private NodeShell shell;

    /** Accepts no commands yet. */
    @SuppressWarnings("NullAway.Init")
    public Operations(Tasks tasks) {
        this.tasks = tasks;
    }

    /** Accepts commands from now on and feeds them into the core through this shell, which nothing else uses. */
    public void open(NodeShell commands) {
        shell = commands;
        phase = Phase.OPEN;
    }

    /**
     * Begins an operation. The future fails with {@link NodeClosedException} if the node is closed.
     *
     * @throws IllegalStateException if the node is not started
     */
    public CompletableFuture<Outcome> submit(Command command) {
        return submit(command, operation -> {});
    }

    /** Begins an operation; its number is handed to {@code beforehand} before the operation begins. */
    public CompletableFuture<Outcome> submit(Command command, LongConsumer beforehand) {
        if (phase == Phase.NEW) {
            throw new IllegalStateException(NOT_STARTED);
        }
        long operation = nextOperation.getAndIncrement();
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        waiting.put(operation, outcome);
        beforehand.accept(operation);
        if (phase == Phase.CLOSED) {
            waiting.remove(operation);
            outcome.completeExceptionally(new NodeClosedException());
            return outcome;
        }
        var _ = outcome.whenComplete((result, failure) -> {
            if (waiting.remove(operation) != null && phase == Phase.OPEN) {
                feed(new Input.Cancel(operation));
            }
        });
        feed(new Input.Submit(operation, command));
        return outcome;
    }

    /**
     * Checks that operations can begin.
     *
     * @throws IllegalStateException if the node is not started
     * @throws NodeClosedException if the node is closed
     */
    public void requireOpen() {
        switch (phase) {
            case NEW -> throw new IllegalStateException(NOT_STARTED);
            case OPEN -> {}
            case CLOSED -> throw new NodeClosedException();
        }
    }

    /** Returns whether the node is started and not closed. */
    public boolean isOpen() {
        return phase == Phase.OPEN;
    }

    private void feed(Input input) {
        synchronized (turn) {
            shell.handle(input);
        }
    }

    /** An operation has ended. */
    void complete(long operation, Outcome outcome) {
        CompletableFuture<Outcome> future = waiting.remove(operation);
        if (future != null) {
            tasks.start(TaskKind.COMPLETION, () -> future.complete(outcome));
        }
    }

    /** Fails all operations that are under way, and those to come. */
    public void close() {
        phase = Phase.CLOSED;
        waiting.forEach((operation, future) -> {
            if (waiting.remove(operation) != null) {
                tasks.start(TaskKind.COMPLETION, () -> future.completeExceptionally(new NodeClosedException()));
            }
        });
    }

    /** Returns the failure for an outcome that a command cannot have, or for a refusal. */
    public static RuntimeException unexpected(Outcome outcome) {
        return outcome instanceof Outcome.Refused(String reason)
                ? new RefusedException(reason)
                : new IllegalStateException("unexpected outcome " + outcome);
    }

    /**
     * Waits for the result of an operation and throws what it failed with; cancels it when the thread is interrupted.
     */
    public static <T> T await(CompletableFuture<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (InterruptedException interrupted) {
            future.cancel(true);
            throw interrupted;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (CancellationException e) {
            throw new NodeClosedException();
        }
    }
}
