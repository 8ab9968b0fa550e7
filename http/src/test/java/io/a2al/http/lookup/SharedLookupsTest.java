package io.a2al.http.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2al.dht.result.RefusedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SharedLookupsTest {

    private final BlockingQueue<CompletableFuture<String>> begun = new LinkedBlockingQueue<>();
    private SharedLookups<String, String> lookups = new SharedLookups<>(Duration.ofHours(1));

    private CompletableFuture<String> begin() {
        CompletableFuture<String> lookup = new CompletableFuture<>();
        begun.add(lookup);
        return lookup;
    }

    /** Asks on a thread of its own, and fails as the request does. */
    private CompletableFuture<String> ask(String key) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return lookups.get(key, this::begin);
                    } catch (InterruptedException e) {
                        throw new CompletionException(e);
                    }
                },
                Thread::startVirtualThread);
    }

    private List<CompletableFuture<String>> askWaiting(String key, int count) {
        List<CompletableFuture<String>> requests = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            requests.add(ask(key));
        }
        while (lookups.waiting(key) < count) {
            Thread.onSpinWait();
        }
        return requests;
    }

    private static Throwable failure(CompletableFuture<String> request) {
        return request.handle((_, failure) -> failure.getCause()).join();
    }

    @Test
    void requestsThatComeMeanwhileShareTheNextLookup() throws Exception {
        CompletableFuture<String> first = ask("a");
        CompletableFuture<String> lookup = begun.take();
        List<CompletableFuture<String>> later = askWaiting("a", 5);
        assertThat(begun).as("not begun before the former ends").isEmpty();
        lookup.complete("old");
        assertThat(first.get()).isEqualTo("old");
        begun.take().complete("new");
        for (CompletableFuture<String> request : later) {
            assertThat(request.get())
                    .as("not the result of the lookup before it")
                    .isEqualTo("new");
        }
        assertThat(begun).isEmpty();
        assertThat(lookups.size()).isZero();
    }

    @Test
    void eachKeyHasLookupsOfItsOwn() throws Exception {
        CompletableFuture<String> a = ask("a");
        CompletableFuture<String> ofA = begun.take();
        CompletableFuture<String> b = ask("b");
        begun.take().complete("b");
        assertThat(b.get()).isEqualTo("b");
        ofA.complete("a");
        assertThat(a.get()).isEqualTo("a");
        assertThat(lookups.size()).isZero();
    }

    @Test
    void aLookupThatDoesNotEndHoldsNobodyUp() throws Exception {
        lookups = new SharedLookups<>(Duration.ofMillis(1));
        CompletableFuture<String> first = ask("a");
        CompletableFuture<String> slow = begun.take();
        CompletableFuture<String> second = ask("a");
        begun.take().complete("second");
        assertThat(second.get()).isEqualTo("second");
        assertThat(first).isNotDone();
        slow.complete("first");
        assertThat(first.get()).isEqualTo("first");
        assertThat(lookups.size()).isZero();
    }

    @Test
    void aFailureIsOneOfAllThatShareItAndOfNoOther() throws Exception {
        CompletableFuture<String> first = ask("a");
        CompletableFuture<String> lookup = begun.take();
        List<CompletableFuture<String>> later = askWaiting("a", 2);
        lookup.completeExceptionally(new RefusedException("too many"));
        assertThat(failure(first)).isInstanceOf(RefusedException.class).hasMessage("too many");
        begun.take().completeExceptionally(new RefusedException("still"));
        for (CompletableFuture<String> request : later) {
            assertThat(failure(request)).isInstanceOf(RefusedException.class).hasMessage("still");
        }
        CompletableFuture<String> next = ask("a");
        begun.take().complete("found");
        assertThat(next.get()).isEqualTo("found");
        assertThat(lookups.size()).isZero();
    }

    @Test
    void whatCannotBeginFails() {
        assertThatThrownBy(() -> lookups.get("a", () -> {
                    throw new RefusedException("no");
                }))
                .isInstanceOf(RefusedException.class);
        assertThat(lookups.size()).isZero();
    }
}
