package io.a2al.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.Origin;
import io.a2al.core.api.PutResult;
import io.a2al.core.api.StoredRecord;
import io.a2al.core.api.Subnet;
import io.a2al.core.testing.TestRecords;
import io.a2al.core.testing.VirtualNetwork;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.record.RecordPolicy;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.Topics;
import io.a2al.protocol.record.VerifiedRecord;
import io.a2al.protocol.testing.Fixtures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Neither one identity nor one network fills a store, and a full one keeps what is near (known-defects D-23). */
class D23QuotaTest {

    private static final long NOW = VirtualNetwork.START_SECONDS;
    private static final StoreLimits.Quotas SMALL = new StoreLimits.Quotas(100, 10, 25);
    private static final Origin HERE = network(1);

    private static Origin network(int number) {
        byte[] ip = {(byte) (1 + number / 256), (byte) number, 1, 1};
        return Origin.of(Subnet.of(Endpoint.of(ip, VirtualNetwork.PORT)));
    }

    private static RecordStore store(StoreLimits limits) {
        return new RecordStore(limits, RecordPolicy.standard(), Optional.of(Fixtures.A.nodeId()));
    }

    private static VerifiedRecord endpointOf(int publisher) {
        return TestRecords.endpoint(TestRecords.publisher(publisher), "x", 1, NOW, 3600);
    }

    private static PutResult putTopic(RecordStore store, int publisher, int topic, Origin origin, long time) {
        String name = "topic " + topic;
        VerifiedRecord entry = TestRecords.topic(TestRecords.publisher(publisher), name, 1, time, 3600);
        return store.put(Topics.keyOf(name), entry, origin, time);
    }

    // ---- quotas -----------------------------------------------------------------------------------------------

    @Test
    void d23_oneIdentityHasAQuotaWhereverItSpeaksFrom() {
        RecordStore store = store(StoreLimits.DEFAULT.withQuotas(SMALL));
        for (int topic = 0; topic < 10; topic++) {
            assertThat(putTopic(store, 1, topic, network(topic), NOW)).isEqualTo(PutResult.STORED);
        }
        assertThat(putTopic(store, 1, 10, network(10), NOW)).isEqualTo(PutResult.OVER_QUOTA);
        assertThat(PutResult.OVER_QUOTA.isHeld()).isFalse();
        assertThat(putTopic(store, 2, 10, network(10), NOW)).isEqualTo(PutResult.STORED);
        assertThat(store.statistics().overQuota()).isEqualTo(1);
    }

    @Test
    void d23_oneNetworkHasAQuotaWhateverItsIdentities() {
        RecordStore store = store(StoreLimits.DEFAULT.withQuotas(SMALL));
        for (int i = 0; i < 25; i++) {
            assertThat(store.put(NodeId.ZERO, endpointOf(i), HERE, NOW)).isEqualTo(PutResult.STORED);
        }
        assertThat(store.put(NodeId.ZERO, endpointOf(25), HERE, NOW)).isEqualTo(PutResult.OVER_QUOTA);
        assertThat(store.put(NodeId.ZERO, endpointOf(25), network(2), NOW)).isEqualTo(PutResult.STORED);
    }

    @Test
    void d23_unverifiedAddressesShareOneQuota() {
        RecordStore store = store(StoreLimits.DEFAULT.withQuotas(SMALL));
        for (int i = 0; i < 25; i++) {
            store.put(NodeId.ZERO, endpointOf(i), Origin.UNPROVEN, NOW);
        }
        assertThat(store.put(NodeId.ZERO, endpointOf(25), Origin.UNPROVEN, NOW)).isEqualTo(PutResult.OVER_QUOTA);
    }

    @Test
    void aRenewalIsWithinTheQuota() {
        RecordStore store = store(StoreLimits.DEFAULT.withQuotas(SMALL));
        for (int i = 0; i < 25; i++) {
            store.put(NodeId.ZERO, endpointOf(i), HERE, NOW);
        }
        VerifiedRecord renewed = TestRecords.endpoint(TestRecords.publisher(3), "x", 2, NOW, 3600);
        assertThat(store.put(NodeId.ZERO, renewed, HERE, NOW)).isEqualTo(PutResult.STORED);
    }

    @Test
    void whatEndsGivesItsPlaceBack() {
        RecordStore store = store(StoreLimits.DEFAULT.withQuotas(SMALL));
        for (int topic = 0; topic < 10; topic++) {
            putTopic(store, 1, topic, HERE, NOW);
        }
        long later = NOW + 3700;
        store.sweep(later);
        assertThat(putTopic(store, 1, 11, HERE, later)).isEqualTo(PutResult.STORED);
        assertThat(store.remove(Topics.keyOf("topic 11"), RecordType.ANY)).isEqualTo(1);
        for (int topic = 20; topic < 30; topic++) {
            assertThat(putTopic(store, 1, topic, HERE, later)).isEqualTo(PutResult.STORED);
        }
    }

    @Test
    void whatIsRemovedGivesJustItsOwnPlaceBack() {
        RecordStore store = store(StoreLimits.DEFAULT.withQuotas(SMALL));
        for (int topic = 0; topic < 10; topic++) {
            putTopic(store, 1, topic, network(topic), NOW);
        }
        store.remove(Topics.keyOf("topic 3"), RecordType.ANY);
        assertThat(putTopic(store, 1, 20, network(20), NOW)).isEqualTo(PutResult.STORED);
        assertThat(putTopic(store, 1, 21, network(21), NOW)).isEqualTo(PutResult.OVER_QUOTA);
    }

    @Test
    void d23_theQuotaHoldsAtAKeyThatOthersUse() {
        RecordStore store = store(StoreLimits.DEFAULT.withQuotas(SMALL));
        for (int topic = 0; topic < 10; topic++) {
            putTopic(store, 1, topic, network(topic), NOW);
        }
        putTopic(store, 2, 10, network(2), NOW);
        assertThat(putTopic(store, 1, 10, network(10), NOW)).isEqualTo(PutResult.OVER_QUOTA);
        assertThat(store.statistics().overQuota()).isEqualTo(1);
        assertThat(store.at(Topics.keyOf("topic 10"), NOW)).hasSize(1);
    }

    @Test
    void ourOwnAndThoseOfOurMachineHaveNoQuota() {
        RecordStore store = store(StoreLimits.DEFAULT.withQuotas(SMALL));
        for (int topic = 0; topic < 40; topic++) {
            Origin origin = topic % 2 == 0 ? Origin.LOCAL : Origin.EXEMPT;
            assertThat(putTopic(store, 1, topic, origin, NOW)).isEqualTo(PutResult.STORED);
        }
    }

    // ---- a full store -----------------------------------------------------------------------------------------

    @Test
    void d23_recordsOfAllKeysTogetherAreBounded() {
        RecordStore store = store(StoreLimits.DEFAULT.withQuotas(new StoreLimits.Quotas(30, 1000, 1000)));
        for (int i = 0; i < 300; i++) {
            putTopic(store, i, i / 20, network(i), NOW);
            assertThat(store.records()).isLessThanOrEqualTo(30);
        }
        assertThat(store.statistics().evictedKeys()).isPositive();
    }

    @Test
    void d23_aFullStoreKeepsTheKeysNearItsNode() {
        assertKeepsTheNearest(store(StoreLimits.DEFAULT.withMaxKeys(20)));
    }

    /** The share of a network is one record here, and none has more. */
    @Test
    void d23_networksWithinTheirShareAreEvictedByDistance() {
        assertKeepsTheNearest(store(StoreLimits.DEFAULT.withQuotas(new StoreLimits.Quotas(20, 1000, 1000))));
    }

    private static void assertKeepsTheNearest(RecordStore store) {
        List<Identity> identities = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            Identity identity = TestRecords.publisher(i);
            identities.add(identity);
            store.put(NodeId.ZERO, endpointOf(i), network(i), NOW);
        }
        NodeId self = Fixtures.A.nodeId();
        List<NodeId> kept = identities.stream()
                .map(Identity::nodeId)
                .filter(key -> !store.peekAll(key, RecordType.ANY, NOW).isEmpty())
                .toList();
        List<NodeId> nearest = identities.stream()
                .map(Identity::nodeId)
                .sorted(self.byDistance())
                .limit(20)
                .toList();
        int needed = self.commonPrefixLength(nearest.getLast());
        assertThat(kept).hasSize(20).allMatch(key -> self.commonPrefixLength(key) >= needed);
        assertThat(kept)
                .containsAll(nearest.stream()
                        .filter(key -> self.commonPrefixLength(key) > needed)
                        .toList());
    }

    /** Keys of topics near any node are found by trying, so distance alone would let a few networks take a store. */
    @Test
    void d23_aFullStoreEvictsFirstFromANetworkWithMoreThanItsShare() {
        RecordStore store = store(StoreLimits.DEFAULT.withQuotas(new StoreLimits.Quotas(640, 1000, 100)));
        for (int i = 0; i < 500; i++) {
            putTopic(store, i, i, network(i), NOW);
        }
        NodeId self = Fixtures.A.nodeId();
        int flooding = 0;
        for (int topic = 1000; flooding < 500; topic++) {
            if (self.commonPrefixLength(Topics.keyOf("topic " + topic)) >= 3) {
                putTopic(store, 1000 + topic, topic, network(1000 + flooding % 5), NOW);
                flooding++;
            }
        }
        assertThat(store.records()).isEqualTo(640);
        for (int i = 0; i < 500; i++) {
            assertThat(store.peekAll(Topics.keyOf("topic " + i), RecordType.ANY, NOW))
                    .hasSize(1);
        }
    }

    /** Others at the same key keep their records, even if these are older. */
    @Test
    void d23_onlyRecordsOfTheNetworkWithMoreThanItsShareAreEvicted() {
        RecordStore store = store(StoreLimits.DEFAULT.withQuotas(new StoreLimits.Quotas(64, 1000, 1000)));
        VerifiedRecord honest = TestRecords.topic(TestRecords.publisher(1), "topic 1", 1, NOW - 10, 3600);
        store.put(Topics.keyOf("topic 1"), honest, network(1), NOW);
        putTopic(store, 2, 1, network(2), NOW);
        putTopic(store, 3, 3, network(2), NOW);
        for (int i = 4; i < 66; i++) {
            putTopic(store, i, i, network(i), NOW);
        }
        assertThat(store.records()).isEqualTo(64);
        assertThat(store.peekAll(Topics.keyOf("topic 1"), RecordType.ANY, NOW)).containsExactly(honest);
    }

    /** Keys are at their limit, and records above it: what counts is who has too many records. */
    @Test
    void d23_aStoreWithTooManyRecordsEvictsFromTheGroupWithTheMostRecords() {
        StoreLimits.Quotas quotas = new StoreLimits.Quotas(60, 1000, 1000);
        RecordStore store = store(StoreLimits.DEFAULT.withMaxKeys(16).withQuotas(quotas));
        List<Integer> agents = farAgents(15);
        agents.forEach(agent -> store.put(NodeId.ZERO, endpointOf(agent), Origin.EXEMPT, NOW));
        int topic = nearTopic();
        for (int i = 0; i < 46; i++) {
            putTopic(store, 1000 + i, topic, Origin.EXEMPT, NOW);
        }
        assertThat(store.contains(Topics.keyOf("topic " + topic))).isFalse();
        assertThat(store.records()).isEqualTo(15);
    }

    /** Both have more than is reserved for them, topics more so. */
    @Test
    void d23_ofTwoGroupsTheOneFarFromTheNodeIsEvictedFrom() {
        RecordStore store = store(StoreLimits.DEFAULT.withMaxKeys(12));
        farAgents(6).forEach(agent -> store.put(NodeId.ZERO, endpointOf(agent), Origin.EXEMPT, NOW));
        int topic = -1;
        for (int i = 0; i < 7; i++) {
            topic = nearTopic(topic + 1);
            putTopic(store, 1000, topic, Origin.EXEMPT, NOW);
        }
        assertThat(store.all(NOW))
                .hasSize(12)
                .filteredOn(stored -> stored.record().record().type() == RecordType.TOPIC)
                .hasSize(7);
    }

    /** Publishers whose keys share no bit with the node's. */
    private static List<Integer> farAgents(int count) {
        return IntStream.iterate(0, i -> i + 1)
                .filter(i -> Fixtures.A
                                .nodeId()
                                .commonPrefixLength(TestRecords.publisher(i).nodeId())
                        == 0)
                .limit(count)
                .boxed()
                .toList();
    }

    private static int nearTopic() {
        return nearTopic(0);
    }

    /** The first topic from a number on whose key shares bits with the node's. */
    private static int nearTopic(int from) {
        int topic = from;
        while (Fixtures.A.nodeId().commonPrefixLength(Topics.keyOf("topic " + topic)) < 2) {
            topic++;
        }
        return topic;
    }

    private static Origin siteOf(int provider, int site) {
        byte[] ip = {0x2a, 0, 0, (byte) provider, (byte) (site >> 8), (byte) site, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
        return Origin.of(Subnet.of(Endpoint.of(ip, VirtualNetwork.PORT)));
    }

    /** The holder of a /32 has 65,536 sites, of which each has a quota. */
    @Test
    void d23_theSitesOfOneProviderHaveAQuotaTogether() {
        RecordStore store = store(StoreLimits.DEFAULT.withQuotas(new StoreLimits.Quotas(1000, 1000, 25)));
        int stored = 0;
        for (int i = 0; i < 200; i++) {
            stored += store.put(NodeId.ZERO, endpointOf(i), siteOf(1, i * 301), NOW) == PutResult.STORED ? 1 : 0;
        }
        assertThat(stored).isEqualTo(100);
        assertThat(store.put(NodeId.ZERO, endpointOf(500), siteOf(2, 1), NOW)).isEqualTo(PutResult.STORED);
    }

    @Test
    void d23_theSitesOfOneRegionHaveTwiceTheQuotaOfASite() {
        RecordStore store = store(StoreLimits.DEFAULT.withQuotas(new StoreLimits.Quotas(1000, 1000, 25)));
        int stored = 0;
        for (int i = 0; i < 200; i++) {
            stored += store.put(NodeId.ZERO, endpointOf(i), siteOf(1, i), NOW) == PutResult.STORED ? 1 : 0;
        }
        assertThat(stored).isEqualTo(50);
    }

    @Test
    void d23_aFullStoreEvictsFirstFromAProviderWithMoreThanItsShare() {
        RecordStore store = store(StoreLimits.DEFAULT.withQuotas(new StoreLimits.Quotas(640, 1000, 1000)));
        for (int i = 0; i < 500; i++) {
            putTopic(store, i, i, network(i), NOW);
        }
        NodeId self = Fixtures.A.nodeId();
        int flooding = 0;
        for (int topic = 1000; flooding < 500; topic++) {
            if (self.commonPrefixLength(Topics.keyOf("topic " + topic)) >= 3) {
                putTopic(store, 1000 + topic, topic, siteOf(1, flooding * 101), NOW);
                flooding++;
            }
        }
        assertThat(store.records()).isEqualTo(640);
        for (int i = 0; i < 500; i++) {
            assertThat(store.peekAll(Topics.keyOf("topic " + i), RecordType.ANY, NOW))
                    .hasSize(1);
        }
    }

    /** Each network of a rented lot has less than its share. */
    @Test
    void d23_topicsFromManyNetworksLeaveRoomForAddressRecords() {
        RecordStore store = store(StoreLimits.DEFAULT.withQuotas(new StoreLimits.Quotas(200, 1000, 100)));
        for (int i = 0; i < 50; i++) {
            store.put(NodeId.ZERO, endpointOf(i), network(i), NOW);
        }
        NodeId self = Fixtures.A.nodeId();
        int flooding = 0;
        for (int topic = 0; flooding < 400; topic++) {
            if (self.commonPrefixLength(Topics.keyOf("topic " + topic)) >= 4) {
                putTopic(store, 1000 + topic, topic, network(1000 + flooding), NOW);
                flooding++;
            }
        }
        assertThat(store.records()).isEqualTo(200);
        for (int i = 0; i < 50; i++) {
            assertThat(store.peekAll(TestRecords.publisher(i).nodeId(), RecordType.ANY, NOW))
                    .hasSize(1);
        }
    }

    /** The mailbox of an agent is at the key of its address records. */
    @Test
    void d23_notesFromManyNetworksTakeNoAddressRecordsWithThem() {
        RecordStore store =
                store(StoreLimits.DEFAULT.withMaxKeys(60).withQuotas(new StoreLimits.Quotas(200, 1000, 100)));
        List<Identity> agents = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            agents.add(TestRecords.publisher(i));
            store.put(NodeId.ZERO, endpointOf(i), network(i), NOW);
        }
        for (int i = 0; i < 400; i++) {
            Identity agent = agents.get(i % agents.size());
            VerifiedRecord note = TestRecords.note(TestRecords.publisher(1000 + i), agent.address(), i, 1, NOW, 3600);
            store.put(agent.nodeId(), note, network(1000 + i), NOW);
        }
        assertThat(store.records()).isEqualTo(200);
        for (Identity agent : agents) {
            assertThat(store.peekAll(agent.nodeId(), RecordType.ENDPOINT, NOW)).hasSize(1);
        }
    }

    /** What is reserved for a group is its own, and no limit: it may use what others leave. */
    @Test
    void oneGroupAloneMayFillTheStore() {
        RecordStore store = store(StoreLimits.DEFAULT.withMaxKeys(40));
        for (int i = 0; i < 60; i++) {
            putTopic(store, i, i, network(i), NOW);
        }
        assertThat(store.keys()).isEqualTo(40);
        for (int i = 0; i < 60; i++) {
            store.put(NodeId.ZERO, endpointOf(i), network(i), NOW);
        }
        assertThat(store.all(NOW))
                .filteredOn(stored -> stored.record().record().type() == RecordType.TOPIC)
                .as("an eighth of the keys")
                .hasSizeGreaterThanOrEqualTo(5);
    }

    @Test
    void d23_anUnverifiedProviderThatFloodsFromManySitesDisplacesItsOwnRecords() {
        RecordStore store = store(StoreLimits.DEFAULT.withQuotas(SMALL));
        for (int i = 0; i < 25; i++) {
            Origin flood = Origin.unproven(siteOf(1, i * 301).network().orElseThrow());
            assertThat(store.put(NodeId.ZERO, endpointOf(i), flood, NOW)).isEqualTo(PutResult.STORED);
        }
        Origin honest = Origin.unproven(network(2).network().orElseThrow());
        assertThat(store.put(NodeId.ZERO, endpointOf(26), honest, NOW)).isEqualTo(PutResult.STORED);
        assertThat(store.records()).isEqualTo(25);
        Origin again = Origin.unproven(siteOf(1, 17).network().orElseThrow());
        assertThat(store.put(NodeId.ZERO, endpointOf(27), again, NOW)).isEqualTo(PutResult.OVER_QUOTA);
    }

    @Test
    void d23_anUnverifiedNetworkThatFloodsDisplacesItsOwnRecords() {
        RecordStore store = store(StoreLimits.DEFAULT.withQuotas(SMALL));
        Origin flood = Origin.unproven(network(1).network().orElseThrow());
        for (int i = 0; i < 25; i++) {
            assertThat(store.put(NodeId.ZERO, endpointOf(i), flood, NOW)).isEqualTo(PutResult.STORED);
        }
        assertThat(store.put(NodeId.ZERO, endpointOf(25), flood, NOW)).isEqualTo(PutResult.OVER_QUOTA);
        Origin honest = Origin.unproven(network(2).network().orElseThrow());
        assertThat(store.put(NodeId.ZERO, endpointOf(26), honest, NOW)).isEqualTo(PutResult.STORED);
        assertThat(store.records()).isEqualTo(25);
        assertThat(store.peekAll(TestRecords.publisher(26).nodeId(), RecordType.ANY, NOW))
                .hasSize(1);
    }

    @Test
    void d23_ofUnverifiedNetworksOneOfTheLargestDisplacesNoOther() {
        RecordStore store = store(StoreLimits.DEFAULT.withQuotas(SMALL));
        for (int i = 0; i < 25; i++) {
            Origin claimed = Origin.unproven(network(i % 2).network().orElseThrow());
            assertThat(store.put(NodeId.ZERO, endpointOf(i), claimed, NOW)).isEqualTo(PutResult.STORED);
        }
        Origin second = Origin.unproven(network(1).network().orElseThrow());
        assertThat(store.put(NodeId.ZERO, endpointOf(25), second, NOW)).isEqualTo(PutResult.OVER_QUOTA);
    }

    @Test
    void d23_whatIsUnverifiedIsKeptBriefly() {
        RecordStore store = store(StoreLimits.DEFAULT.withQuotas(SMALL));
        long week = Duration.ofDays(7).toSeconds();
        VerifiedRecord lasting = TestRecords.endpoint(TestRecords.publisher(1), "x", 1, NOW, week);
        VerifiedRecord proven = TestRecords.endpoint(TestRecords.publisher(2), "x", 1, NOW, week);
        store.put(NodeId.ZERO, lasting, Origin.unproven(network(1).network().orElseThrow()), NOW);
        store.put(NodeId.ZERO, proven, network(1), NOW);
        long later = NOW + Retention.DEFAULT.mailboxSeconds() + 1;
        assertThat(store.all(later)).extracting(StoredRecord::record).containsExactly(proven);
    }

    /** An owner may sign a record long before a client that answers no PING brings it. */
    @Test
    void whatIsUnverifiedMayBeOldWhenItComes() {
        RecordStore store = store(StoreLimits.DEFAULT.withQuotas(SMALL));
        long week = Duration.ofDays(7).toSeconds();
        VerifiedRecord old = TestRecords.endpoint(TestRecords.publisher(1), "x", 1, NOW - week / 2, week);
        Origin origin = Origin.unproven(network(1).network().orElseThrow());
        assertThat(store.put(NodeId.ZERO, old, origin, NOW)).isEqualTo(PutResult.STORED);
        long later = NOW + Retention.DEFAULT.mailboxSeconds() - 1;
        assertThat(store.all(later)).hasSize(1);
        assertThat(store.all(later + 1)).isEmpty();
    }

    @Test
    void d23_aDistantNewcomerIsToldThatThereIsNoRoom() {
        NodeId self = Fixtures.A.nodeId();
        RecordStore store = store(StoreLimits.DEFAULT.withMaxKeys(1));
        int near = 0;
        while (self.commonPrefixLength(TestRecords.publisher(near).nodeId()) < 2) {
            near++;
        }
        int far = 0;
        while (self.commonPrefixLength(TestRecords.publisher(far).nodeId()) > 0) {
            far++;
        }
        store.put(NodeId.ZERO, endpointOf(near), network(1), NOW);
        assertThat(store.put(NodeId.ZERO, endpointOf(far), network(2), NOW)).isEqualTo(PutResult.CROWDED_OUT);
        assertThat(store.keys()).isEqualTo(1);
    }

    @Test
    void whatWePublishOurselvesGoesLast() {
        RecordStore store = store(StoreLimits.DEFAULT.withMaxKeys(10));
        NodeId self = Fixtures.A.nodeId();
        int far = 0;
        while (self.commonPrefixLength(TestRecords.publisher(far).nodeId()) > 0) {
            far++;
        }
        store.put(NodeId.ZERO, endpointOf(far), NOW);
        for (int i = 1000; i < 1100; i++) {
            store.put(NodeId.ZERO, endpointOf(i), network(i), NOW);
        }
        assertThat(store.peekAll(TestRecords.publisher(far).nodeId(), RecordType.ANY, NOW))
                .hasSize(1);
    }
}
