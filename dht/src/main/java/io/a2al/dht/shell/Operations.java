package io.a2al.dht.shell;

import io.a2al.core.api.Command;
import io.a2al.core.api.Outcome;
import io.a2al.dht.result.NodeClosedException;
import io.a2al.dht.result.RefusedException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.LongConsumer;

/**
 * The way of an application's wishes into the core: one at a time, because the sender keeps buffers; signing takes
 * microseconds. Thread-safe.
 */
public final class Operations {

    private final CoreDriver driver;
    private final PacketSender sender;
    private volatile boolean begun;

    public Operations(CoreDriver driver, PacketSender sender) {
        this.driver = driver;
        this.sender = sender;
    }

    /** Opens the way; until then operations are refused. */
    public void begin() {
        begun = true;
    }

    /**
     * Begins an operation. The future fails with {@link NodeClosedException} if the node is closed.
     *
     * @throws IllegalStateException if the node is not started
     */
    public CompletableFuture<Outcome> submit(Command command) {
        return submit(command, operation -> {});
    }

    /** Begins an operation; its number is handed to {@code beforehand} before anything can come of it. */
    public CompletableFuture<Outcome> submit(Command command, LongConsumer beforehand) {
        if (!begun) {
            throw new IllegalStateException("the node is not started; call start() first");
        }
        synchronized (sender) {
            return driver.submit(command, sender, beforehand);
        }
    }

    /** What an outcome that a command cannot have is reported as. */
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
