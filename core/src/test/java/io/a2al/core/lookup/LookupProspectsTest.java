package io.a2al.core.lookup;

import io.a2al.core.guard.SubnetShare;
import io.a2al.core.lookup.LookupSettings.Parallelism;
import io.a2al.protocol.message.Contact;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Among nodes that probably have the record, the fastest is asked first. */
class LookupProspectsTest extends SteppedLookup {

    private static final int NEAR = 4;

    /** Round trips of some nodes in milliseconds, by number; of all others 50. */
    private Lookup expecting(int concurrency, Map<Integer, Integer> roundTrips) {
        return expecting(concurrency, roundTrips, 1);
    }

    private Lookup expecting(int concurrency, Map<Integer, Integer> roundTrips, double chance) {
        return expecting(new Parallelism(concurrency, concurrency), roundTrips, chance, nodes.subList(0, 8));
    }

    private Lookup expecting(
            Parallelism parallelism, Map<Integer, Integer> roundTrips, double chance, List<Contact> seeds) {
        Prospects prospects = new Prospects() {
            @Override
            public boolean isNear(Contact node) {
                return nodes.indexOf(node) < NEAR;
            }

            @Override
            public double chance(Contact node) {
                return chance;
            }

            @Override
            public long waitNanos(Contact node) {
                return roundTrips.getOrDefault(nodes.indexOf(node), 50) * MS;
            }
        };
        LookupPlan plan = new LookupPlan(
                parallelism, PLAN.pace(), PLAN.breadth(), SubnetShare.NONE, PLAN.repetition(), prospects);
        return lookup(plan, new FindRecord(3, 300 * MS, 0), seeds);
    }

    @Test
    void ofTheNearOnesTheFastestComesFirstAndThenAllOthersByDistance() {
        lookup = expecting(8, Map.of(2, 10, 3, 20, 0, 90, 6, 1));
        expectAsk(2);
        expectAsk(3);
        expectAsk(1);
        expectAsk(0);
        expectAsk(4);
        expectAsk(5);
        expectAsk(6);
    }

    @Test
    void withOneRequestAtATimeTheOthersWaitForTheFastest() {
        lookup = expecting(1, Map.of(3, 10));
        expectAsk(3);
        answer(3);
        expectAsk(0);
        answer(0);
        expectAsk(1);
    }

    @Test
    void theNearestThatAnswerAreHeardWhateverIsExpectedOfThem() {
        lookup = expecting(8, Map.of(2, 10));
        for (int number : new int[] {2, 0, 1, 3}) {
            expectAsk(number);
            answer(number);
        }
        expectDone();
    }

    @Test
    void moreAreAskedWhereSomeAreProbablyGone() {
        lookup = expecting(4, Map.of(), 0.8);
        for (int number = 0; number < 5; number++) {
            expectAsk(number);
        }
        expectWait(now + PATIENCE);
        lookup = expecting(4, Map.of(), 0.9);
        for (int number = 0; number < 4; number++) {
            expectAsk(number);
        }
        expectWait(now + PATIENCE);
    }

    @Test
    void aFastNodeThatFailsTakesNoPlaceOfASlowOne() {
        lookup = expecting(1, Map.of(3, 10));
        expectAsk(3);
        fail(3);
        for (int number : new int[] {0, 1, 2, 4}) {
            expectAsk(number);
            answer(number);
        }
        expectDone();
    }

    @Test
    void onceAsManyNearOnesAreKnownAsHoldersAreWantedMoreAreAskedAtOnce() {
        lookup = expecting(new Parallelism(1, 3), Map.of(), 1, nodes.subList(4, 8));
        expectAsk(4);
        expectWait(now + PATIENCE);
        answer(4, nodes.get(0), nodes.get(1), nodes.get(9));
        expectAsk(0);
        expectWait(now + PATIENCE);
        answer(0, nodes.get(1), nodes.get(2));
        expectAsk(1);
        expectAsk(2);
        expectAsk(5);
        expectWait(now + PATIENCE);
    }

    @Test
    void aLookupThatBeginsAtThemAsksMoreFromTheStart() {
        lookup = expecting(new Parallelism(1, 3), Map.of(), 1, nodes.subList(1, 8));
        for (int number = 1; number < 4; number++) {
            expectAsk(number);
        }
        expectWait(now + PATIENCE);
    }
}
