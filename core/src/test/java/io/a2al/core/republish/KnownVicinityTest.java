package io.a2al.core.republish;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.guard.SubnetShare;
import io.a2al.core.routing.KeyDensity;
import io.a2al.core.routing.RoutingSettings.Vicinity;
import io.a2al.core.routing.RoutingTable;
import io.a2al.core.routing.RoutingTable.Evidence;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.testing.Fixtures;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a holder that knows some of 1000 nodes sees around a key. */
class KnownVicinityTest {

    private static final NodeId KEY = NodeId.ZERO;

    /** One of some eight nodes that share so many bits with the key. */
    private static final NodeId SELF = KEY.flipBit(6);

    private final SplittableRandom random = new SplittableRandom(2);
    private final RoutingTable table = new RoutingTable(SELF, contact -> true);
    private final KnownVicinity known =
            new KnownVicinity(table, contact -> true, SubnetShare.NONE, new KeyDensity(Vicinity.DEFAULT));

    @BeforeEach
    void meet() {
        for (int i = 0; i < 1000; i++) {
            offer(NodeId.of(Fixtures.random(random, NodeId.LENGTH)));
        }
    }

    private void offer(NodeId nodeId) {
        Contact contact = new Contact(Fixtures.B.address(), nodeId, Fixtures.ipv4("cb007107", 4121));
        table.offer(contact, Evidence.VERIFIED, 0);
    }

    @Test
    void aKeyAmongNodesAtRandomHasNoVicinity() {
        assertThat(known.of(KEY)).isEmpty();
        assertThat(known.of(SELF.flipBit(100))).isEmpty();
    }

    @Test
    void theVicinityOfASurroundedKeyHasNodesBesideThoseThatSurroundIt() {
        for (int i = 0; i < 64; i++) {
            offer(RoutingTable.randomIdBeside(KEY, 14, random));
        }
        List<Contact> vicinity = known.of(KEY);
        assertThat(vicinity).anyMatch(node -> KEY.commonPrefixLength(node.nodeId()) < 10);
        assertThat(vicinity).allMatch(node -> KEY.commonPrefixLength(node.nodeId()) >= 4);
        assertThat(vicinity).hasSizeLessThanOrEqualTo(Vicinity.DEFAULT.maxNodes());
    }

    @Test
    void aNodeFarFromTheKeyIsNotConcerned() {
        NodeId far = KEY.flipBit(0);
        for (int i = 0; i < 64; i++) {
            offer(RoutingTable.randomIdBeside(far, 14, random));
        }
        assertThat(known.of(far)).isEmpty();
    }
}
