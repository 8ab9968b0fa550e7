package io.a2al.core.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.guard.SubnetShare;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.testing.Fixtures;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Compares what a region says with all nodes of a network. */
class KeyRegionTest {

    private static final int REPLICAS = 8;
    private static final int FOUND = 16;

    private final SplittableRandom random = new SplittableRandom(3);

    private NodeId randomKey() {
        return NodeId.of(Fixtures.random(random, NodeId.LENGTH));
    }

    private List<Contact> network(int nodes) {
        return IntStream.range(0, nodes)
                .mapToObj(number -> {
                    byte[] address = Fixtures.random(random, Address.LENGTH).toArray();
                    address[0] = (byte) Address.NATIVE;
                    String ip = String.format("%02x%02x%02x01", 20 + number / 256, number % 256, 1);
                    return Contact.of(Address.of(Bytes.copyOf(address)), Fixtures.ipv4(ip, 4121));
                })
                .toList();
    }

    private static List<Contact> nearest(List<Contact> network, NodeId key, int count) {
        return network.stream()
                .sorted(Comparator.comparing(Contact::nodeId, key.byDistance()))
                .limit(count)
                .toList();
    }

    @Test
    void theNearestNodesOfEveryKeyInARegionAreKnown() {
        List<Contact> network = network(500);
        int covered = 0;
        for (int i = 0; i < 100; i++) {
            NodeId center = randomKey();
            KeyRegion region = new KeyRegion(center, nearest(network, center, FOUND), 0);
            for (int j = 0; j < 500; j++) {
                NodeId key = randomKey();
                if (region.covers(key, REPLICAS, SubnetShare.NONE)) {
                    covered++;
                    assertThat(region.nodes()).containsAll(nearest(network, key, REPLICAS));
                }
            }
        }
        // 16 of 500 nodes are found, of which a key needs 8: a region has 8 to 16 times the space of a node.
        assertThat(covered / 50_000.0).isBetween(8.0 / 500, 16.0 / 500);
    }

    @Test
    void aRegionIsNoLargerWhereNearNodesOfOneNetworkDoNotCount() {
        List<Contact> network = network(400);
        NodeId center = randomKey();
        List<Contact> found = nearest(network, center, FOUND);
        SubnetShare share = new SubnetShare(1, endpoint -> false);
        List<Contact> crowded = Stream.iterate(0, i -> i < FOUND, i -> i + 1)
                .map(i -> i < FOUND - REPLICAS + 1
                        ? new Contact(
                                found.get(i).address(), found.get(i).nodeId(), Fixtures.ipv4("c6336401", 4000 + i))
                        : found.get(i))
                .toList();
        NodeId beside = center.flipBit(NodeId.BITS - 1);
        assertThat(new KeyRegion(center, found, 0).covers(beside, REPLICAS, share))
                .isTrue();
        assertThat(new KeyRegion(center, crowded, 0).covers(beside, REPLICAS, share))
                .as("the farthest node found is needed")
                .isFalse();
    }

    @Test
    void ofTooFewNodesNothingFollowsForOtherKeys() {
        List<Contact> network = network(FOUND - 1);
        NodeId center = randomKey();
        KeyRegion region = new KeyRegion(center, nearest(network, center, FOUND), 0);
        assertThat(region.covers(center, REPLICAS, SubnetShare.NONE)).isTrue();
        assertThat(region.covers(center.flipBit(NodeId.BITS - 1), REPLICAS, SubnetShare.NONE))
                .isFalse();
    }

    /** The nodes nearest to it may be those of an attacker; its own lookup finds more. */
    @Test
    void aKeyThatLooksSurroundedIsNotServedByTheLookupOfAnother() {
        List<Contact> network = network(500);
        NodeId center = randomKey();
        NodeId neighbour = center.flipBit(NodeId.BITS - 1);
        KeyRegion region = new KeyRegion(center, nearest(network, center, FOUND), 0);
        assertThat(regions(false).covers(region, neighbour)).isTrue();
        assertThat(regions(true).covers(region, neighbour)).isFalse();
        assertThat(regions(true).covers(region, center)).isTrue();
    }

    private static KeyRegions regions(boolean surrounded) {
        NetworkView view = new NetworkView() {
            @Override
            public long size() {
                return 500;
            }

            @Override
            public boolean isNewer(NodeId node) {
                return true;
            }

            @Override
            public boolean looksSurrounded(NodeId key, List<Contact> nodes) {
                return surrounded;
            }
        };
        return new KeyRegions(REPLICAS, new Selection(SubnetShare.NONE, Selection.Hiding.NONE, view));
    }
}
