package io.a2al.sim.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LookupTallyTest {

    private final LookupTally tally = new LookupTally();

    private void add(Verdict verdict, int millis, int hops, int asked, boolean surrounded) {
        tally.add(new LookupSample(
                Duration.ZERO,
                0,
                0,
                verdict,
                Duration.ofMillis(millis),
                new LookupSample.Cost(hops, asked, asked, surrounded)));
    }

    @Test
    void withoutLookupsAllIsZero() {
        LookupSummary none = tally.summary();
        assertThat(none.lookups()).isZero();
        assertThat(none.rightShare()).isEqualTo(1);
        assertThat(none.latency().max()).isZero();
        assertThat(none.quantiles()).isEmpty();
        assertThat(none.meanAsked()).isZero();
        assertThat(none.verdicts()).containsOnlyKeys(Verdict.values());
    }

    /** More than any number of lookups that were kept one by one: the last of them count as the first do. */
    @Test
    void everyLookupCountsHoweverManyThereAre() {
        for (int i = 0; i < 300_000; i++) {
            add(Verdict.RIGHT, i < 150_000 ? 100 : 50, 1, 8, false);
        }
        LookupSummary all = tally.summary();
        assertThat(all.lookups()).isEqualTo(300_000);
        assertThat(all.latency().p50()).isEqualTo(Duration.ofMillis(50));
        assertThat(all.latency().p90()).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void onlyRightLookupsHaveALatency() {
        for (int i = 1; i <= 100; i++) {
            add(Verdict.RIGHT, i, i % 3, 10, i == 7);
        }
        add(Verdict.STALE, 9_000, 4, 31, false);
        LookupSummary summary = tally.summary();
        assertThat(summary.count(Verdict.RIGHT)).isEqualTo(100);
        assertThat(summary.count(Verdict.STALE)).isEqualTo(1);
        assertThat(summary.latency().p50()).isEqualTo(Duration.ofMillis(50));
        assertThat(summary.latency().p95()).isEqualTo(Duration.ofMillis(95));
        assertThat(summary.latency().max()).isEqualTo(Duration.ofMillis(100));
        assertThat(summary.hops()).isEqualTo(List.of(33, 34, 33, 0, 1));
        assertThat(summary.meanAsked()).isEqualTo((100 * 10 + 31) / 101.0);
        assertThat(summary.surrounded()).isEqualTo(1);
    }
}
