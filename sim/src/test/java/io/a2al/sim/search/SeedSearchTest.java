package io.a2al.sim.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2al.sim.Profiles;
import io.a2al.sim.SimulationOptions;
import io.a2al.sim.result.Violation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Searches with trials of artificial rules instead of simulations. */
class SeedSearchTest {

    private static final SimulationOptions OPTIONS = Profiles.find("calm").orElseThrow();
    private static final SeedSearch.Limits LIMITS = new SeedSearch.Limits(2, 10, 200);

    /** Returns a failure of the given check if {@code isBad}. */
    private static Optional<Failure> fails(boolean isBad, String check, SimulationOptions options) {
        return isBad
                ? Optional.of(new Failure(
                        options,
                        new Violation(check, Duration.ofSeconds(1), List.of(1), List.of("#1"), "wrong", List.of())))
                : Optional.empty();
    }

    private static Trial trial(Predicate<SimulationOptions> isBad) {
        return (options, isStopped) -> fails(isBad.test(options), "rule", options);
    }

    private static SearchResult search(SeedSearch.Limits limits, Trial trial, String seeds) throws Exception {
        return new SeedSearch(limits, trial, SearchProgress.NONE, () -> false)
                .run(OPTIONS::withSeed, SeedRange.parse(seeds));
    }

    private static List<Long> seedsOf(SearchResult result) {
        return result.failures().stream()
                .map(failure -> failure.options().seed())
                .toList();
    }

    @Test
    void everySeedIsRunOnceAndFailuresAreInOrder() throws Exception {
        Set<Long> run = ConcurrentHashMap.newKeySet();
        SearchResult result = search(
                new SeedSearch.Limits(2, 10, 0),
                (options, isStopped) -> {
                    assertThat(run.add(options.seed())).isTrue();
                    return fails(options.seed() % 10 == 7, "rule", options);
                },
                "1..50");
        assertThat(run).hasSize(50).contains(1L, 50L);
        assertThat(result.runs()).isEqualTo(50);
        assertThat(seedsOf(result)).containsExactly(7L, 17L, 27L, 37L, 47L);
        assertThat(result.isGood()).isFalse();
        assertThat(result.isStopped()).isFalse();
        assertThat(search(LIMITS, trial(options -> false), "1..5").isGood()).isTrue();
    }

    @Test
    void seedsAreRunInParallel() throws Exception {
        CyclicBarrier bothRun = new CyclicBarrier(2);
        SearchResult result = search(
                LIMITS,
                (options, isStopped) -> {
                    try {
                        bothRun.await();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                    return Optional.empty();
                },
                "1..2");
        assertThat(result.runs()).isEqualTo(2);
    }

    @Test
    void aFailureIsReducedInNodesDurationAndFaults() throws Exception {
        SimulationOptions faulty = OPTIONS.withNodes(100)
                .withDuration(Duration.ofMinutes(10))
                .withLinks(OPTIONS.links().withLoss(0.2).withDuplication(0.1).withJitter(0.5))
                .withLife(OPTIONS.life().withDead(0.3));
        Trial needsSomeOfEach = trial(options -> options.seed() >= 3
                && options.nodes() >= 13
                && options.duration().toSeconds() >= 45
                && options.links().faults().loss() >= 0.04);
        SearchResult result = new SeedSearch(LIMITS, needsSomeOfEach, SearchProgress.NONE, () -> false)
                .run(faulty::withSeed, new SeedRange(1, 5));
        assertThat(seedsOf(result)).containsExactly(3L, 4L, 5L);
        assertThat(result.shrunk()).hasSize(1);
        Shrunk shrunk = result.shrunk().getFirst();
        SimulationOptions smallest = shrunk.failure().options();
        assertThat(shrunk.isMinimal()).isTrue();
        assertThat(shrunk.tries()).isBetween(10, 200);
        assertThat(smallest.seed()).isEqualTo(3);
        assertThat(smallest.nodes()).isEqualTo(13);
        assertThat(smallest.duration()).isEqualTo(Duration.ofSeconds(45));
        assertThat(smallest.links()).isEqualTo(OPTIONS.links().withLoss(0.05));
        assertThat(smallest.life().faults().dead()).isZero();
        assertThat(smallest.work().publishing().records()).isEqualTo(1);
        assertThat(shrunk.failure().command())
                .startsWith("a2al sim --profile calm --seed 3 --nodes 13 --duration 45s ")
                .contains(" --loss 0.05")
                .doesNotContain("--duplication", "--jitter", "--dead");
    }

    @Test
    void runsThatFailAnotherCheckAreNotAccepted() throws Exception {
        Trial twoRules = (options, isStopped) ->
                options.nodes() >= 60 ? fails(options.seed() > 1, "large", options) : fails(true, "small", options);
        SearchResult result = search(LIMITS, twoRules, "1..3");
        assertThat(seedsOf(result)).containsExactly(2L, 3L);
        Failure smallest = result.shrunk().getFirst().failure();
        assertThat(smallest.violation().check()).isEqualTo("large");
        assertThat(smallest.options().nodes()).isEqualTo(60);
    }

    @Test
    void oneFailureOfEachCheckIsReduced() throws Exception {
        Trial byParity =
                (options, isStopped) -> fails(options.seed() > 2, options.seed() % 2 == 0 ? "even" : "odd", options);
        SearchResult result = search(LIMITS, byParity, "1..8");
        assertThat(result.shrunk())
                .extracting(shrunk -> shrunk.failure().violation().check())
                .containsExactly("odd", "even");
        assertThat(result.shrunk())
                .extracting(shrunk -> shrunk.failure().options().seed())
                .containsExactly(3L, 4L);
    }

    @Test
    void theNumberOfTriesIsBounded() throws Exception {
        SearchResult result = search(new SeedSearch.Limits(1, 1, 3), trial(options -> true), "1..1");
        Shrunk shrunk = result.shrunk().getFirst();
        assertThat(shrunk.tries()).isEqualTo(3);
        assertThat(shrunk.isMinimal()).isFalse();
        assertThat(shrunk.failure().options().nodes()).isEqualTo(12);
        Shrunk untouched = search(new SeedSearch.Limits(1, 1, 0), trial(options -> true), "1..1")
                .shrunk()
                .getFirst();
        assertThat(untouched.failure().options()).isEqualTo(OPTIONS);
    }

    @Test
    void noMoreSeedsAreRunAfterTheMaximumOfFailures() throws Exception {
        SearchResult result = search(new SeedSearch.Limits(1, 3, 0), trial(options -> true), "1..1000");
        assertThat(seedsOf(result)).containsExactly(1L, 2L, 3L);
        assertThat(result.runs()).isEqualTo(3);
    }

    @Test
    void aStoppedSearchReturnsWhatItHasFound() throws Exception {
        AtomicBoolean stopped = new AtomicBoolean();
        Trial stoppingAtFour = (options, isStopped) -> {
            stopped.compareAndSet(false, options.seed() == 4);
            if (isStopped.getAsBoolean()) {
                throw new CancellationException("stopped");
            }
            return fails(options.seed() == 2, "rule", options);
        };
        SearchResult result = new SeedSearch(
                        new SeedSearch.Limits(1, 10, 10), stoppingAtFour, SearchProgress.NONE, stopped::get)
                .run(OPTIONS::withSeed, new SeedRange(1, 1000));
        assertThat(result.runs()).isEqualTo(3);
        assertThat(result.isStopped()).isTrue();
        assertThat(seedsOf(result)).containsExactly(2L);
        assertThat(result.shrunk().getFirst().tries()).isZero();
    }

    @Test
    void limitsAndSeedsOutOfRangeAreRejected() {
        assertThatThrownBy(() -> new SeedSearch.Limits(0, 1, 1)).hasMessageContaining("jobs: 0");
        assertThatThrownBy(() -> new SeedSearch.Limits(1, 0, 1)).hasMessageContaining("failures: 0");
        assertThatThrownBy(() -> new SeedSearch.Limits(1, 1, -1)).hasMessageContaining("tries: -1");
        assertThat(SeedRange.parse("3..5")).isEqualTo(new SeedRange(3, 5));
        assertThat(new SeedRange(3, 5)).hasToString("3..5");
        assertThatThrownBy(() -> SeedRange.parse("5..3")).hasMessageContaining("5..3");
        assertThatThrownBy(() -> SeedRange.parse("0..1000000000")).hasMessageContaining("1000000000");
        assertThatThrownBy(() -> SeedRange.parse("1-5")).hasMessageContaining("\"1-5\"");
    }
}
