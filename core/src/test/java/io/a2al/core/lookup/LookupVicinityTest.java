package io.a2al.core.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.protocol.message.Contact;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A lookup that goes on with the nodes of a vicinity, in the order that it was given. */
class LookupVicinityTest extends SteppedLookup {

    private final List<Contact> vicinity = nodes.subList(10, 30).reversed();

    private void hearTheNearest() {
        lookup = lookup(FindRecord.first(), nodes.subList(0, WIDTH));
        while (lookup.next(now) instanceof Step.Ask(Contact contact)) {
            lookup.onReply(now, contact, List.of(), List.of(), Completeness.WHOLE);
        }
        assertThat(lookup.isExhausted()).isTrue();
        assertThat(report().surrounded()).isFalse();
    }

    @Test
    void eachNodeOfTheVicinityIsAskedOnceAndNoneThatTheyName() {
        hearTheNearest();
        lookup.widen(new Vicinity(vicinity, 5, 4), true);
        List<Contact> asked = new ArrayList<>();
        while (lookup.next(now) instanceof Step.Ask(Contact contact)) {
            asked.add(contact);
            lookup.onReply(now, contact, nodes, List.of(), Completeness.WHOLE);
        }
        assertThat(asked).containsExactlyElementsOf(vicinity);
        assertThat(report().asked()).isEqualTo(WIDTH + 5 + vicinity.size());
        assertThat(report().answered()).isEqualTo(WIDTH + 4 + vicinity.size());
        assertThat(report().surrounded()).isTrue();
        assertThat(report().complete()).isTrue();
    }

    @Test
    void aRecordOfTheVicinityEndsTheLookupAndFewRequestsAreUnderWay() {
        hearTheNearest();
        lookup.widen(new Vicinity(vicinity, 0, 0), true);
        for (int i = 0; i < 8; i++) {
            assertThat(lookup.next(now)).isEqualTo(new Step.Ask(vicinity.get(i)));
        }
        assertThat(lookup.next(now)).isInstanceOf(Step.Wait.class);
        lookup.onReply(now, vicinity.get(3), List.of(), List.of(version(1)), Completeness.WHOLE);
        expectDone();
        assertThat(lookup.records()).containsExactly(version(1));
    }

    @Test
    void silentNodesOfTheVicinityDoNotHoldUpTheOthers() {
        hearTheNearest();
        lookup.widen(new Vicinity(vicinity, 0, 0), true);
        long begun = now;
        int asked = 0;
        while (asked < vicinity.size()) {
            switch (lookup.next(now)) {
                case Step.Ask ask -> asked++;
                case Step.Wait(long until) -> now = until;
                case Step.Done() -> throw new AssertionError("over after " + asked);
            }
        }
        assertThat(now - begun).isEqualTo(2 * PATIENCE);
        vicinity.forEach(node -> lookup.onFailure(node.nodeId()));
        expectDone();
    }

    @Test
    void whereNodesAreWantedThoseOfTheVicinityAreTheResult() {
        hearTheNearest();
        lookup.widen(new Vicinity(vicinity, 0, 0), false);
        expectDone();
        assertThat(lookup.vicinity()).isEqualTo(vicinity);
    }
}
