package io.a2al.dht;

import io.a2al.dht.shell.Operations;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Derives the futures that an application gets from those of operations. When a derived future ends before its source,
 * because the application cancelled it, a timeout completed it, or the application gave it a value, the source is
 * cancelled; so the operation ends and its place is free. Stateless and thread-safe.
 */
final class Futures {

    private Futures() {}

    /** Returns a future of what {@code reading} makes of the source's value. */
    static <S, T> CompletableFuture<T> derive(CompletableFuture<S> source, Function<? super S, ? extends T> reading) {
        CompletableFuture<T> result = source.thenApply(reading);
        endTogether(result, source);
        return result;
    }

    /**
     * Returns a future that ends like the source, but only after one of these has been called; also if the future is
     * cancelled.
     */
    static <T> CompletableFuture<T> settle(
            CompletableFuture<T> source, Consumer<? super T> onValue, Consumer<? super Throwable> onFailure) {
        CompletableFuture<T> result = new CompletableFuture<>();
        endTogether(result, source);
        var _ = source.whenComplete((value, failure) -> {
            if (failure != null) {
                onFailure.accept(cause(failure));
                result.completeExceptionally(failure);
            } else {
                onValue.accept(value);
                result.complete(value);
            }
        });
        return result;
    }

    /**
     * Returns a future of a second operation that begins with the value of the first. Ending the result early cancels
     * whichever of the two runs; the second does not begin any more.
     */
    static <S, T> CompletableFuture<T> compose(
            CompletableFuture<S> source, Function<? super S, CompletableFuture<T>> next) {
        CompletableFuture<T> result = new CompletableFuture<>();
        endTogether(result, source);
        var _ = source.whenComplete((value, failure) -> {
            if (failure != null) {
                result.completeExceptionally(failure);
            } else if (!result.isDone()) {
                begin(next, value, result);
            }
        });
        return result;
    }

    private static <S, T> void begin(
            Function<? super S, CompletableFuture<T>> next, S value, CompletableFuture<T> result) {
        CompletableFuture<T> second;
        try {
            second = next.apply(value);
        } catch (RuntimeException | Error thrown) {
            result.completeExceptionally(thrown);
            return;
        }
        endTogether(result, second);
        var _ = second.whenComplete((value2, failure) -> {
            if (failure != null) {
                result.completeExceptionally(failure);
            } else {
                result.complete(value2);
            }
        });
    }

    /** Cancels {@code source} if {@code result} ends first. */
    private static void endTogether(CompletableFuture<?> result, CompletableFuture<?> source) {
        var _ = result.whenComplete((value, failure) -> source.cancel(false));
    }

    /**
     * Returns the value of an operation that the core completes at once, or throws what it failed with. Does not react
     * to interruption, as there is nothing to wait for.
     */
    static <T> T immediate(CompletableFuture<T> operation) {
        try {
            return operation.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** Waits for a result and throws what it failed with; cancels it when the thread is interrupted. */
    static <T> T await(CompletableFuture<T> future) throws InterruptedException {
        return Operations.await(future);
    }

    /** Returns what a stage failed with, without the wrapping that dependent stages add. */
    static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
