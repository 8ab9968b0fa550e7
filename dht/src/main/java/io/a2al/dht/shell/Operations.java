package io.a2al.dht.shell;

import io.a2al.core.api.Command;
import io.a2al.core.api.Input;
import io.a2al.core.api.LookupOptions;
import io.a2al.core.api.Outcome;
import io.a2al.core.shell.NodeShell;
import io.a2al.dht.result.LookupStatistics;
import io.a2al.dht.result.NodeClosedException;
import io.a2al.dht.result.RefusedException;
import io.a2al.dht.result.TaskKind;
import io.a2al.dht.result.TooManyLookupsException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Serialises application commands into the core and completes their futures. A future is completed on a thread of its
 * own, never under a lock, so that what an application does then holds up nothing else. Cancelling a future, or
 * completing it by a timeout, ends its operation in the core. Thread-safe.
 */
public final class Operations {

    private static final String NOT_STARTED = "the node is not started; call start() first";

    private final Tasks tasks;
    private final LookupWindow window;
    private final LongSupplier nanoTime;
    private final LongAdder refusedLookups = new LongAdder();
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
    public Operations(Tasks tasks, Reception reception, LongSupplier nanoTime) {
        this.tasks = tasks;
        this.window = new LookupWindow(reception, nanoTime, Runtime.getRuntime().availableProcessors());
        this.nanoTime = nanoTime;
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
        Optional<LookupOptions> lookup = optionsOfLookup(command);
        if (lookup.isPresent()) {
            beginLookup(operation, command, lookup.get(), outcome);
        } else {
            feed(new Input.Submit(operation, command));
        }
        return outcome;
    }

    private static Optional<LookupOptions> optionsOfLookup(Command command) {
        return switch (command) {
            case Command.FindNode find -> Optional.of(find.options());
            case Command.FindRecords find -> Optional.of(find.options());
            default -> Optional.empty();
        };
    }

    private static Command withOptions(Command lookup, LookupOptions options) {
        return switch (lookup) {
            case Command.FindNode find -> new Command.FindNode(find.target(), options);
            case Command.FindRecords find -> new Command.FindRecords(find.key(), find.type(), find.want(), options);
            default -> throw new IllegalArgumentException("not a lookup: " + lookup);
        };
    }

    /** The time that the lookup waits for its turn is part of its timeout. */
    private void beginLookup(
            long operation, Command lookup, LookupOptions options, CompletableFuture<Outcome> outcome) {
        long since = nanoTime.getAsLong();
        boolean accepted = window.begin(() -> {
            Duration left = options.timeout().minusNanos(nanoTime.getAsLong() - since);
            if (outcome.isDone() || phase != Phase.OPEN) {
                return false;
            }
            if (!left.isPositive()) {
                refuse(
                        outcome,
                        "its time of " + options.timeout().toMillis() + " ms ended before others left room for it");
                return false;
            }
            feed(new Input.Submit(operation, withOptions(lookup, options.withTimeout(left))));
            var _ = outcome.whenComplete((result, failure) -> window.onEnded());
            return true;
        });
        if (!accepted) {
            refuse(outcome, LookupWindow.MOST_WAITING + " wait already, which is the limit");
        }
    }

    private void refuse(CompletableFuture<Outcome> lookup, String reason) {
        refusedLookups.increment();
        lookup.completeExceptionally(
                new TooManyLookupsException("too many lookups: " + reason + "; ask for fewer at a time"));
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

    /** Returns how lookups get their turn. */
    public LookupStatistics lookupStatistics() {
        return new LookupStatistics(window.waiting(), window.size(), refusedLookups.sum());
    }

    /** An operation has ended. */
    public void complete(long operation, Outcome outcome) {
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
