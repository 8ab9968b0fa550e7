package io.a2al.dht;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2al.dht.result.RefusedException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FuturesTest {

    private final CompletableFuture<Integer> source = new CompletableFuture<>();

    @Test
    void aDerivedFutureHasTheReadValue() throws Exception {
        CompletableFuture<String> result = Futures.derive(source, value -> "value " + value);
        source.complete(7);
        assertThat(result.get()).isEqualTo("value 7");
        assertThat(source).isCompletedWithValue(7);
    }

    @Test
    void aDerivedFutureFailsWithItsSourceAndWithItsReading() {
        CompletableFuture<Integer> failing = Futures.derive(source, value -> value);
        source.completeExceptionally(new RefusedException("no"));
        assertThatThrownBy(failing::get).hasCauseInstanceOf(RefusedException.class);

        CompletableFuture<Integer> unreadable = Futures.derive(CompletableFuture.completedFuture(1), value -> {
            throw new RefusedException("unreadable");
        });
        assertThatThrownBy(unreadable::get).hasCauseInstanceOf(RefusedException.class);
    }

    @Test
    void cancellingADerivedFutureCancelsItsSource() {
        CompletableFuture<Integer> twice = Futures.derive(Futures.derive(source, value -> value), value -> value);
        twice.cancel(true);
        assertThat(source).isCancelled();
    }

    @Test
    void aTimeoutOfADerivedFutureCancelsItsSource() {
        CompletableFuture<Integer> result = Futures.derive(source, value -> value);
        assertThatThrownBy(result.orTimeout(1, TimeUnit.NANOSECONDS)::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(TimeoutException.class);
        // The source is cancelled right after the result has ended.
        assertThatThrownBy(source::get).isInstanceOf(CancellationException.class);
    }

    @Test
    void aValueFromElsewhereCancelsTheSource() throws Exception {
        CompletableFuture<Integer> result = Futures.derive(source, value -> value);
        assertThat(result.completeOnTimeout(9, 1, TimeUnit.NANOSECONDS).get()).isEqualTo(9);
        assertThatThrownBy(source::get).isInstanceOf(CancellationException.class);
    }

    @Test
    void ofTwoOperationsTheRunningOneIsCancelled() {
        CompletableFuture<Integer> second = new CompletableFuture<>();
        CompletableFuture<Integer> duringFirst = Futures.compose(source, value -> second);
        duringFirst.cancel(false);
        assertThat(source).isCancelled();
        assertThat(second).isNotDone();

        CompletableFuture<Integer> duringSecond =
                Futures.compose(CompletableFuture.completedFuture(1), value -> second);
        duringSecond.cancel(false);
        assertThat(second).isCancelled();
    }

    @Test
    void theSecondOperationGivesTheResultOrTheFailure() throws Exception {
        CompletableFuture<Integer> done = CompletableFuture.completedFuture(1);
        assertThat(Futures.compose(done, value -> CompletableFuture.completedFuture(value + 1))
                        .get())
                .isEqualTo(2);
        assertThatThrownBy(Futures.compose(
                        done, value -> CompletableFuture.failedFuture(new RefusedException("second")))::get)
                .hasCauseInstanceOf(RefusedException.class);
        assertThatThrownBy(Futures.<Integer, Integer>compose(done, value -> {
                    throw new RefusedException("not begun");
                })::get)
                .hasCauseInstanceOf(RefusedException.class);
        assertThatThrownBy(Futures.compose(
                        CompletableFuture.<Integer>failedFuture(new RefusedException("first")),
                        value -> CompletableFuture.completedFuture(value))::get)
                .hasCauseInstanceOf(RefusedException.class);
    }

    @Test
    void interruptingTheWaitCancelsTheSource() throws Exception {
        CompletableFuture<Integer> result = Futures.derive(source, value -> value);
        CountDownLatch interrupted = new CountDownLatch(1);
        Thread waiting = Thread.ofPlatform().start(() -> {
            try {
                Futures.await(result);
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
        });
        waiting.interrupt();
        assertThat(interrupted.await(50, TimeUnit.SECONDS)).isTrue();
        assertThat(source).isCancelled();
    }

    @Test
    void anImmediateOperationThrowsItsFailureUnwrapped() {
        assertThat(Futures.immediate(CompletableFuture.completedFuture(3))).isEqualTo(3);
        assertThatThrownBy(() -> Futures.immediate(CompletableFuture.failedFuture(new RefusedException("at once"))))
                .isInstanceOf(RefusedException.class)
                .hasMessage("at once");
    }
}
