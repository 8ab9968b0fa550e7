package io.a2al.core.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.guard.SubnetShare;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.testing.Fixtures;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A key that is surrounded by many identities of one network. */
class LookupDiversityTest extends SteppedLookup {

    private static final int SYBILS = 10;

    private static final LookupPlan DIVERSE = new LookupPlan(
            PLAN.parallelism(), PLAN.pace(), PLAN.breadth(), new SubnetShare(2, endpoint -> false), PLAN.repetition());

    /** The nearest nodes are in one network, each other node is in a network of its own. */
    private static Contact place(Contact node, int number) {
        String ip = number < SYBILS ? "cb0071" : "c633" + String.format("%02x", number);
        return node.at(Fixtures.ipv4(ip + "07", 4121));
    }

    LookupDiversityTest() {
        for (int i = 0; i < nodes.size(); i++) {
            nodes.set(i, place(nodes.get(i), i));
        }
    }

    private void begin(int seeds) {
        lookup = lookup(DIVERSE, new FindNodes(), nodes.subList(0, seeds));
    }

    private List<Integer> askAll() {
        List<Integer> asked = new ArrayList<>();
        while (lookup.next(now) instanceof Step.Ask(Contact contact)) {
            int number = nodes.indexOf(contact);
            asked.add(number);
            answer(number);
        }
        return asked;
    }

    @Test
    void onlyAFewNodesOfANetworkAreAskedBeforeOtherNetworks() {
        begin(15);
        assertThat(askAll()).containsExactly(0, 1, 10, 11);
        expectDone();
        assertThat(lookup.nearest()).containsExactly(nodes.get(0), nodes.get(1), nodes.get(10), nodes.get(11));
    }

    @Test
    void withoutOtherNetworksAllNodesOfANetworkAreAsked() {
        begin(SYBILS);
        assertThat(askAll()).containsExactly(0, 1, 2, 3);
        assertThat(lookup.nearest()).containsExactlyElementsOf(nodes.subList(0, WIDTH));
    }

    @Test
    void nodesBeyondTheShareOfTheirNetworkAreAskedBeforeTheLookupEnds() {
        begin(SYBILS + 1);
        assertThat(askAll()).containsExactly(0, 1, 10, 2);
        assertThat(lookup.nearest()).containsExactly(nodes.get(0), nodes.get(1), nodes.get(2), nodes.get(10));
    }

    @Test
    void nodesThatMayStillAnswerTakeAPlaceOfTheirNetwork() {
        begin(12);
        expectAsk(0);
        expectAsk(1);
        expectAsk(10);
    }

    /** Invented nodes that do not answer take no place of the network that they claim to be in. */
    @Test
    void nodesThatTimeOutTakeNoPlaceOfTheirNetwork() {
        begin(12);
        expectAsk(0);
        fail(0);
        expectAsk(1);
        now += PATIENCE;
        assertThat(askAll()).containsExactly(2, 3, 10, 11);
    }
}
