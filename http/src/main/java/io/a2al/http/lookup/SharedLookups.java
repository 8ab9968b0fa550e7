package io.a2al.http.lookup;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Lets requests that ask the same share a lookup. A request never gets the result of a lookup that began before it
 * came, so that it finds whatever was stored before it, as if it had a lookup of its own: those that come while a
 * lookup is under way wait, and share the next one. That begins when the former ends, or after a while if it does not.
 * So a key that is asked for all the time has one lookup after the other, however many ask. Thread-safe.
 *
 * @param <K> what is asked
 * @param <V> what is found
 */
final class SharedLookups<K, V> {

    /** How long requests wait for a lookup under way; most are over by then, others may find nothing for seconds. */
    static final Duration PATIENCE = Duration.ofMillis(50);

    private final Duration patience;

    /** The lookups that began last, by key, as long as they are under way. */
    private final Map<K, CompletableFuture<V>> running = new HashMap<>();

    /** Those that have not begun. */
    private final Map<K, Next<V>> waiting = new HashMap<>();

    private static final class Next<V> {
        private final CompletableFuture<V> result = new CompletableFuture<>();
        private int requests;
    }

    /** No lookups yet. */
    SharedLookups(Duration patience) {
        this.patience = patience;
    }

    /**
     * Returns what a lookup finds that begins now or later.
     *
     * @param begin begins a lookup; what it or its result throws, all that share it get
     */
    V get(K key, Supplier<CompletableFuture<V>> begin) throws InterruptedException {
        CompletableFuture<V> result;
        Optional<CompletableFuture<V>> former;
        boolean begins;
        synchronized (this) {
            Next<V> next = waiting.get(key);
            former = Optional.ofNullable(running.get(key));
            begins = next == null;
            if (next == null) {
                next = new Next<>();
                if (former.isPresent()) {
                    waiting.put(key, next);
                } else {
                    running.put(key, next.result);
                }
            }
            next.requests++;
            result = next.result;
        }
        if (begins && former.isPresent()) {
            beginAfter(former.get(), key, result, begin);
        } else if (begins) {
            begin(key, result, begin);
        }
        return await(result);
    }

    /** The first that waits begins the lookup for all; also if it is interrupted, for the others. */
    private void beginAfter(
            CompletableFuture<V> former, K key, CompletableFuture<V> result, Supplier<CompletableFuture<V>> begin)
            throws InterruptedException {
        try {
            var _ = former.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException | CancellationException noMatter) {
            // The next one begins all the same.
        } finally {
            synchronized (this) {
                waiting.remove(key);
                running.put(key, result);
            }
            begin(key, result, begin);
        }
    }

    /** Not under the lock, as the first requests of a lookup are signed and sent by its caller. */
    private void begin(K key, CompletableFuture<V> result, Supplier<CompletableFuture<V>> begin) {
        CompletableFuture<V> lookup;
        try {
            lookup = begin.get();
        } catch (RuntimeException | Error e) {
            lookup = CompletableFuture.failedFuture(e);
        }
        var _ = lookup.whenComplete((found, failure) -> {
            synchronized (this) {
                running.remove(key, result);
            }
            if (failure == null) {
                result.complete(found);
            } else {
                result.completeExceptionally(failure);
            }
        });
    }

    private static <V> V await(CompletableFuture<V> result) throws InterruptedException {
        try {
            return result.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw new IllegalStateException("the lookup failed", e);
        }
    }

    /** Returns how many requests wait for a lookup that has not begun. */
    synchronized int waiting(K key) {
        Next<V> next = waiting.get(key);
        return next == null ? 0 : next.requests;
    }

    /** Returns how many keys are remembered. */
    synchronized int size() {
        return running.size() + waiting.size();
    }
}
