package io.a2al.core.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.statistics.Distribution;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LookupCountsTest extends SteppedLookup {

    private final LookupCounts counts = new LookupCounts();

    private void count(LookupKind kind, boolean through) {
        counts.count(kind, lookup, through, now);
    }

    private Map<LookupOutcome, Long> totals(LookupKind kind) {
        Map<LookupOutcome, Long> totals = new EnumMap<>(LookupOutcome.class);
        counts.snapshot().durations().get(kind).forEach((outcome, distribution) -> {
            if (distribution.total() > 0) {
                totals.put(outcome, distribution.total());
            }
        });
        return totals;
    }

    /** Begins a lookup for a record at one node, which answers after {@code nanos}. */
    private void hearOne(Goal goal, boolean hasRecord, long nanos) {
        lookup = lookup(goal, nodes.subList(0, 1));
        expectAsk(0);
        now += nanos;
        if (hasRecord) {
            answerWith(0, version(1));
        } else {
            answer(0, nodes.get(1));
        }
    }

    @Test
    void aLookupForRecordsHasFoundSomeOrNot() {
        hearOne(FindRecord.first(), true, 1);
        expectDone();
        count(LookupKind.RECORD, false);
        hearOne(FindRecord.first(), false, 1);
        expectAsk(1);
        answer(1);
        expectDone();
        count(LookupKind.RECORD, false);
        count(LookupKind.RECORD, false);
        assertThat(totals(LookupKind.RECORD)).isEqualTo(Map.of(LookupOutcome.FOUND, 1L, LookupOutcome.NOT_FOUND, 2L));
        assertThat(totals(LookupKind.ALL)).isEmpty();
    }

    @Test
    void aLookupForNodesHasFoundThoseThatAnswered() {
        hearOne(new FindNodes(), false, 1);
        expectAsk(1);
        fail(1);
        expectDone();
        count(LookupKind.NODES, false);
        count(LookupKind.BUCKET, false);
        lookup = lookup(new FindNodes(), nodes.subList(0, 0));
        expectDone();
        count(LookupKind.NODES, false);
        count(LookupKind.BUCKET, false);
        for (LookupKind kind : new LookupKind[] {LookupKind.NODES, LookupKind.BUCKET}) {
            assertThat(totals(kind)).isEqualTo(Map.of(LookupOutcome.FOUND, 1L, LookupOutcome.NOT_FOUND, 1L));
        }
    }

    @Test
    void aLookupThatEndsEarlyIsIncompleteUnlessItHasWhatItWasFor() {
        hearOne(FindNodes.cursory(), false, 1);
        count(LookupKind.BUCKET, false);
        count(LookupKind.BUCKET, true);
        count(LookupKind.BUCKET, true);
        assertThat(totals(LookupKind.BUCKET)).isEqualTo(Map.of(LookupOutcome.INCOMPLETE, 1L, LookupOutcome.FOUND, 2L));
    }

    @Test
    void timesHopsAndRequestsAreCounted() {
        hearOne(new FindNodes(), false, 15 * MS);
        expectAsk(1);
        answer(1);
        expectDone();
        count(LookupKind.NODES, false);
        Distribution times = counts.snapshot().durations().get(LookupKind.NODES).get(LookupOutcome.FOUND);
        assertThat(times.sum()).isEqualTo(15 * MS);
        assertThat(times.counts().get(1)).as("more than 10 ms, at most 20 ms").isEqualTo(1);
        assertThat(counts.snapshot().hops().sum()).isEqualTo(1);
        assertThat(counts.snapshot().asked().sum()).isEqualTo(2);
    }
}
