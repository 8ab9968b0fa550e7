package io.a2al.core.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.protocol.message.Contact;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Disjoint paths (S/Kademlia). The nearest ten nodes are accomplices of node 20; the others are honest. */
class LookupPathsTest extends SteppedLookup {

    private static final int ACCOMPLICES = 10;
    private static final int LIAR = 20;
    private static final int HOLDER = 11;

    private Lookup onPaths(int paths, Goal goal, List<Contact> seeds) {
        return lookup(plan(PLAN.parallelism(), 0, paths), goal, seeds);
    }

    private int number(Contact contact) {
        return nodes.indexOf(contact);
    }

    /** Answers every question at once until the lookup is over; returns the nodes asked. */
    private List<Integer> run() {
        List<Integer> asked = new ArrayList<>();
        Step step = lookup.next(now);
        for (; step instanceof Step.Ask(Contact contact); step = lookup.next(now)) {
            int number = number(contact);
            asked.add(number);
            boolean lies = number < ACCOMPLICES || number == LIAR;
            List<Contact> told = lies ? nodes.subList(0, ACCOMPLICES) : nodes.subList(ACCOMPLICES, 18);
            lookup.onReply(now, contact, told, number == HOLDER ? List.of(version(1)) : List.of(), Completeness.WHOLE);
        }
        assertThat(step).isEqualTo(new Step.Done());
        return asked;
    }

    @Test
    void onOnePathALiarLeadsToItsAccomplicesOnly() {
        lookup = onPaths(1, FindRecord.first(), List.of(nodes.get(LIAR), nodes.get(30)));
        run();
        assertThat(lookup.records()).as("all that this test is about").isEmpty();
    }

    @Test
    void theOtherOfTwoPathsFindsTheRecordAllTheSame() {
        lookup = onPaths(2, FindRecord.first(), List.of(nodes.get(LIAR), nodes.get(30)));
        run();
        assertThat(lookup.records()).containsExactly(version(1));
        assertThat(report().complete()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void everyContactIsAskedOnOnePathOnly(int paths) {
        lookup = onPaths(paths, new FindNodes(), nodes.subList(ACCOMPLICES, 34));
        List<Integer> asked = run();
        Set<Integer> distinct = new HashSet<>(asked);
        assertThat(asked).hasSameSizeAs(distinct);
        assertThat(report().asked()).isEqualTo(asked.size());
    }

    @Test
    void resultsAreMergedNearestFirst() {
        lookup = onPaths(2, new FindNodes(), List.of(nodes.get(LIAR), nodes.get(30)));
        List<Integer> asked = run();
        assertThat(lookup.nearest()).isEqualTo(nodes.subList(0, WIDTH));
        assertThat(asked).contains(0, 1, 2, 3).contains(10, 11, 12, 13);
    }

    @Test
    void seedsAreDealtAndEachPathHasItsShareOfAlpha() {
        lookup = onPaths(3, new FindNodes(), nodes.subList(0, 9));
        // One on each path, and each from its own third of the seeds.
        expectAsk(0);
        expectAsk(1);
        expectAsk(2);
        expectWait(now + PATIENCE);
        answer(1);
        expectAsk(4);
        expectWait(now + PATIENCE);
    }

    @Test
    void requestsOfOnePathTakeNoPlaceOnTheOther() {
        lookup = onPaths(2, new FindNodes(), nodes.subList(0, 2));
        expectAsk(0);
        expectAsk(1);
        answer(0, nodes.get(2), nodes.get(3));
        expectAsk(2);
        expectAsk(3);
        answer(1, nodes.get(2), nodes.get(3), nodes.get(4), nodes.get(5));
        expectAsk(4);
        expectAsk(5);
        expectWait(now + PATIENCE);
    }

    @Test
    void whatWasHeardOnOnePathNeedNotBeAskedOnTheOther() {
        lookup = onPaths(2, new FindNodes(), nodes.subList(0, 2));
        expectAsk(0);
        expectAsk(1);
        answer(0, nodes.get(2), nodes.get(3), nodes.get(4));
        answer(1, nodes.get(0), nodes.get(2), nodes.get(3));
        expectAsk(2);
        expectAsk(3);
        answer(2);
        answer(3);
        expectAsk(4);
        answer(4);
        expectDone();
        assertThat(lookup.nearest()).isEqualTo(nodes.subList(0, WIDTH));
        assertThat(report().asked()).isEqualTo(5);
    }

    @Test
    void aPathWithoutContactsDoesNotHoldUpTheLookup() {
        lookup = onPaths(4, new FindNodes(), nodes.subList(0, 1));
        expectAsk(0);
        answer(0);
        expectDone();
        assertThat(lookup.nearest()).containsExactly(nodes.getFirst());
    }
}
