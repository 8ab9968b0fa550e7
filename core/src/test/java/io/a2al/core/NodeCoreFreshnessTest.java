package io.a2al.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.Command;
import io.a2al.core.api.Command.Want;
import io.a2al.core.api.LookupOptions;
import io.a2al.core.api.Outcome;
import io.a2al.core.testing.TestRecords;
import io.a2al.core.testing.VirtualNetwork;
import io.a2al.core.testing.VirtualNetwork.Node;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.VerifiedRecord;
import io.a2al.protocol.testing.Fixtures;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What lookups of each freshness find where some of the nearest nodes have an old version of a record, or none. */
class NodeCoreFreshnessTest {

    private static final NodeId KEY = Fixtures.B.nodeId();

    /** One request at a time, so that the nearest nodes are heard first. */
    private static final LookupOptions NEAREST_FIRST =
            LookupOptions.within(Duration.ofSeconds(10)).withConcurrency(1);

    private final VirtualNetwork network = new VirtualNetwork(31);
    private List<Node> byDistance = List.of();

    private void grow(int nodes) {
        network.grow(nodes);
        byDistance = network.livingByDistance(KEY);
    }

    private VerifiedRecord version(long sequence) {
        return TestRecords.endpoint(Fixtures.B, "v" + sequence, sequence, VirtualNetwork.START_SECONDS, 3600);
    }

    /** Gives a version to the nodes of these places, counted from the nearest to the key. */
    private void put(int from, int to, long sequence) {
        VerifiedRecord record = version(sequence);
        for (Node node : byDistance.subList(from, to)) {
            network.call(Outcome.Put.class, node, new Command.PutLocally(KEY, record));
        }
    }

    /** Looks for the record from the node that is farthest from the key. */
    private Outcome.Records find(Want want, LookupOptions options) {
        return network.call(
                Outcome.Records.class,
                byDistance.getLast(),
                new Command.FindRecords(KEY, RecordType.ENDPOINT, want, options));
    }

    @Test
    void newestFindsTheNewestBehindThreeStaleHoldersThatDisagree() {
        grow(30);
        put(0, 2, 1);
        put(2, 3, 2);
        put(7, 8, 3);
        Outcome.Records found = find(Want.NEWEST, NEAREST_FIRST);
        assertThat(found.records()).containsExactly(version(3));
        assertThat(found.report().holders()).hasSize(4);
    }

    @Test
    void newestFindsTheNewestWhereFewHaveTheRecord() {
        grow(30);
        put(0, 1, 1);
        put(7, 8, 2);
        Outcome.Records found = find(Want.NEWEST, NEAREST_FIRST);
        assertThat(found.records()).containsExactly(version(2));
    }

    @Test
    void newestStopsAtThreeHoldersThatAgree() {
        grow(30);
        put(0, 7, 1);
        put(7, 8, 2);
        Outcome.Records found = find(Want.NEWEST, NEAREST_FIRST);
        assertThat(found.records()).containsExactly(version(1));
        assertThat(found.report().holders()).hasSize(3);
    }

    @Test
    void aMajorityFindsWhatOnlyTheFarthestFourOfTheEightNearestHave() {
        grow(30);
        put(4, 8, 1);
        for (LookupOptions options : List.of(NEAREST_FIRST, NEAREST_FIRST.withConcurrency(0))) {
            Outcome.Records found = find(Want.MAJORITY, options);
            assertThat(found.records()).containsExactly(version(1));
            assertThat(found.report().complete()).isTrue();
        }
    }

    @Test
    void aMajorityFindsTheNewestOfFourBehindFourStaleHolders() {
        grow(30);
        put(0, 4, 1);
        put(4, 8, 2);
        assertThat(find(Want.NEWEST, NEAREST_FIRST).records()).containsExactly(version(1));
        assertThat(find(Want.MAJORITY, NEAREST_FIRST).records()).containsExactly(version(2));
    }

    @Test
    void aMajorityOfANetworkWithTooFewNodesIsIncomplete() {
        grow(5);
        put(0, 4, 1);
        Outcome.Records found = find(Want.MAJORITY, NEAREST_FIRST);
        assertThat(found.records()).containsExactly(version(1));
        assertThat(found.report().complete()).isFalse();
    }

    /** Grows a network of public nodes, so many of each /24. */
    private void growPublic(int nodes, int perSite) {
        for (int i = 0; i < nodes; i++) {
            String ip = "5d%02x00%02x".formatted(i / perSite, 1 + i % perSite);
            Node node = network.addNode(Fixtures.ipv4(ip, 4121), NodeSettings.DEFAULT);
            network.call(
                    Outcome.Joined.class,
                    node,
                    new Command.Bootstrap(List.of(network.nodes().getFirst().endpoint()), Duration.ofSeconds(10)));
        }
        byDistance = network.livingByDistance(KEY);
    }

    @Test
    void aMajorityIsInFiveNetworks() {
        growPublic(20, 2);
        put(0, 19, 1);
        Outcome.Records found = find(Want.MAJORITY, NEAREST_FIRST);
        assertThat(found.report().holders())
                .extracting(holder -> holder.node().endpoint().ipPrefix(3, 6))
                .hasSize(5)
                .doesNotHaveDuplicates();
        assertThat(found.report().complete()).isTrue();
    }

    @Test
    void aMajorityOfOnePublicNetworkIsIncomplete() {
        growPublic(12, 12);
        put(0, 8, 1);
        Outcome.Records found = find(Want.MAJORITY, NEAREST_FIRST);
        assertThat(found.records()).containsExactly(version(1));
        assertThat(found.report().complete()).isFalse();
    }

    @Test
    void firstTakesTheFirst() {
        grow(30);
        put(0, 1, 1);
        put(1, 8, 2);
        Outcome.Records found = find(Want.FIRST, NEAREST_FIRST);
        assertThat(found.records()).containsExactly(version(1));
        assertThat(found.report().holders()).hasSize(1);
    }

    @Test
    void oneHolderWantedIsTheSameAsFirst() {
        grow(30);
        put(0, 1, 1);
        put(1, 8, 2);
        Outcome.Records found = find(Want.NEWEST, NEAREST_FIRST.withHolders(1));
        assertThat(found.records()).containsExactly(version(1));
        assertThat(found.report().holders()).hasSize(1);
    }
}
