package io.a2al.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.Origin;
import io.a2al.core.api.PutResult;
import io.a2al.core.api.Subnet;
import io.a2al.core.testing.TestRecords;
import io.a2al.core.testing.VirtualNetwork;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.record.RecordPolicy;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.Topics;
import io.a2al.protocol.record.VerifiedRecord;
import io.a2al.protocol.testing.Fixtures;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A key with too many records evicts those of the origin that has the most there (known-defects D-26). */
class D26FairEvictionTest {

    private static final long NOW = VirtualNetwork.START_SECONDS;
    private static final NodeId TOPIC = Topics.keyOf("tests");
    private static final NodeId INBOX = Fixtures.A.nodeId();

    private final RecordStore store = new RecordStore(StoreLimits.DEFAULT, RecordPolicy.standard());

    private static Origin network(int number) {
        byte[] ip = {(byte) (1 + number / 256), (byte) number, 1, 1};
        return Origin.of(Subnet.of(Endpoint.of(ip, VirtualNetwork.PORT)));
    }

    private static VerifiedRecord entry(int publisher) {
        return TestRecords.topic(TestRecords.publisher(publisher), "tests", 1, NOW + publisher % 60, 3600);
    }

    private static VerifiedRecord note(int sender, int content) {
        return TestRecords.note(
                TestRecords.publisher(sender), Fixtures.A.address(), content, 1, NOW + sender % 60, 3600);
    }

    private List<VerifiedRecord> held(NodeId key) {
        return store.peekAll(key, RecordType.ANY, NOW);
    }

    @Test
    void d26_throwAwaySendersOfOneNetworkDoNotEvictOtherMail() {
        List<VerifiedRecord> genuine = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            genuine.add(note(i, i));
            store.put(INBOX, genuine.getLast(), network(i), NOW);
        }
        for (int sender = 100; sender < 140; sender++) {
            for (int content = 0; content < 4; content++) {
                store.put(INBOX, note(sender, content), network(99), NOW);
            }
        }
        assertThat(held(INBOX)).hasSize(50).containsAll(genuine);
    }

    @Test
    void d26_aTopicIsNotFlushedFromOneNetwork() {
        List<VerifiedRecord> genuine = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            genuine.add(entry(i));
            store.put(TOPIC, genuine.getLast(), network(i), NOW);
        }
        for (int i = 1000; i < 1200; i++) {
            store.put(TOPIC, entry(i), Origin.UNPROVEN, NOW);
        }
        assertThat(held(TOPIC)).hasSize(100).containsAll(genuine);
    }

    @Test
    void d26_aNewcomerTakesAPlaceOfTheLargestOrigin() {
        for (int i = 0; i < 100; i++) {
            store.put(TOPIC, entry(i), network(1), NOW);
        }
        VerifiedRecord early = TestRecords.topic(TestRecords.publisher(500), "tests", 1, NOW - 10, 3600);

        assertThat(store.put(TOPIC, early, network(2), NOW)).isEqualTo(PutResult.STORED);
        assertThat(held(TOPIC)).hasSize(100).contains(early);
    }

    @Test
    void d26_whenOldOnesCameFromManyNetworksTheNewOneIsRefused() {
        List<VerifiedRecord> genuine = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            genuine.add(entry(i));
            store.put(TOPIC, genuine.getLast(), network(i), NOW);
        }
        VerifiedRecord late = TestRecords.topic(TestRecords.publisher(500), "tests", 1, NOW + 59, 3600);

        assertThat(store.put(TOPIC, late, network(500), NOW)).isEqualTo(PutResult.CROWDED_OUT);
        assertThat(PutResult.CROWDED_OUT.isHeld()).isFalse();
        assertThat(held(TOPIC)).containsExactlyInAnyOrderElementsOf(genuine);
        assertThat(store.statistics().crowdedOut()).isEqualTo(1);
    }

    @Test
    void d26_anOwnEntryStaysAndFindsAPlace() {
        VerifiedRecord own = entry(7);
        store.put(TOPIC, own, NOW);
        for (int i = 100; i < 300; i++) {
            store.put(TOPIC, entry(i), network(i), NOW);
        }
        assertThat(held(TOPIC)).hasSize(100).contains(own);

        VerifiedRecord another = entry(8);
        assertThat(store.put(TOPIC, another, NOW)).isEqualTo(PutResult.STORED);
        assertThat(held(TOPIC)).hasSize(100).contains(own, another);
    }

    private static Origin ipv6Network(int site) {
        byte[] ip = {0x20, 1, 0x0d, (byte) 0xb8, (byte) (site >> 8), (byte) site, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
        return Origin.of(Subnet.of(Endpoint.of(ip, VirtualNetwork.PORT)));
    }

    /** A provider gives a /32 to anyone who asks, which has 65,536 networks of the usual size. */
    @Test
    void d26_networksWithinALargerOneEvictEachOther() {
        for (int i = 0; i < 100; i++) {
            store.put(TOPIC, entry(1000 + i), ipv6Network(i), NOW);
        }
        List<VerifiedRecord> genuine = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            genuine.add(entry(i));
            store.put(TOPIC, genuine.getLast(), network(i), NOW);
        }
        assertThat(held(TOPIC)).hasSize(100).containsAll(genuine);
    }

    @Test
    void d26_notesFromWithinOneSlash16EvictEachOther() {
        for (int i = 1; i <= 50; i++) {
            byte[] ip = {9, 9, (byte) i, 1};
            store.put(INBOX, note(i, i), Origin.of(Subnet.of(Endpoint.of(ip, VirtualNetwork.PORT))), NOW);
        }
        List<VerifiedRecord> genuine = List.of(note(100, 1), note(101, 1), note(102, 1));
        for (int i = 0; i < genuine.size(); i++) {
            store.put(INBOX, genuine.get(i), network(i), NOW);
        }
        assertThat(held(INBOX)).hasSize(50).containsAll(genuine);
    }

    @Test
    void d26_theFirstOfAnAddressFamilyFindsAPlace() {
        for (int i = 0; i < 100; i++) {
            store.put(TOPIC, entry(i), network(i), NOW);
        }
        assertThat(store.put(TOPIC, entry(500), ipv6Network(1), NOW)).isEqualTo(PutResult.STORED);
        assertThat(store.put(TOPIC, entry(501), ipv6Network(2), NOW))
                .as("the second of the same /32")
                .isEqualTo(PutResult.CROWDED_OUT);
        assertThat(held(TOPIC)).hasSize(100).contains(entry(500));
    }

    /** One who is not verified can claim an address of any family. */
    @Test
    void d26_anUnverifiedNewcomerHasNoPlaceAmongVerifiedOnes() {
        List<VerifiedRecord> genuine = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            genuine.add(entry(i));
            store.put(TOPIC, genuine.getLast(), network(i), NOW);
        }
        Origin claimed = Origin.unproven(ipv6Network(1).network().orElseThrow());
        assertThat(store.put(TOPIC, entry(500), claimed, NOW)).isEqualTo(PutResult.CROWDED_OUT);
        assertThat(held(TOPIC)).containsExactlyInAnyOrderElementsOf(genuine);
    }

    @Test
    void d26_unverifiedAddressesCountAsOneNetworkWhateverTheyClaim() {
        List<VerifiedRecord> genuine = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            genuine.add(entry(i));
            store.put(TOPIC, genuine.getLast(), network(1), NOW);
        }
        for (int i = 100; i < 200; i++) {
            store.put(TOPIC, entry(i), Origin.unproven(network(i).network().orElseThrow()), NOW);
        }
        assertThat(held(TOPIC)).hasSize(100).containsAll(genuine);
    }

    @Test
    void d26_ofTwoNetworksWithTheMostTheOneThatCameFirstGivesWay() {
        for (int i = 0; i < 100; i++) {
            store.put(TOPIC, entry(i), network(i < 50 ? 1 : 2), NOW);
        }
        store.put(TOPIC, entry(500), network(3), NOW);
        assertThat(store.at(TOPIC, NOW))
                .filteredOn(stored -> stored.origin().equals(network(1)))
                .hasSize(49);
    }

    @Test
    void amongRecordsOfThisNodeTheEarliestGoes() {
        for (int i = 0; i < 100; i++) {
            store.put(TOPIC, entry(i), NOW);
        }
        VerifiedRecord late = TestRecords.topic(TestRecords.publisher(500), "tests", 1, NOW + 59, 3600);
        assertThat(store.put(TOPIC, late, NOW)).isEqualTo(PutResult.STORED);
        assertThat(held(TOPIC)).hasSize(100).contains(late).doesNotContain(entry(0));
    }

    /** The one family that has a place in any case, at a key where nothing may be evicted. */
    @Test
    void d26_amongRecordsOfThisNodeOnlyTheNewcomerIsRefused() {
        for (int i = 0; i < 100; i++) {
            store.put(TOPIC, entry(i), NOW);
        }
        assertThat(store.put(TOPIC, entry(500), network(1), NOW)).isEqualTo(PutResult.CROWDED_OUT);
        assertThat(held(TOPIC)).hasSize(100).doesNotContain(entry(500));
    }

    /** Clients answer no PING, so honest ones and throw-away ones are unverified alike. */
    @Test
    void d26_unverifiedSendersAreToldApartByTheNetworkThatTheyClaim() {
        VerifiedRecord genuine = note(0, 0);
        store.put(INBOX, genuine, Origin.unproven(network(1).network().orElseThrow()), NOW);
        Origin flood = Origin.unproven(network(2).network().orElseThrow());
        for (int sender = 1; sender <= 20; sender++) {
            for (int content = 0; content < 4; content++) {
                store.put(INBOX, note(sender, content), flood, NOW);
            }
        }
        assertThat(held(INBOX)).hasSize(50).contains(genuine);
    }

    @Test
    void aRenewalIsNoNewcomer() {
        for (int i = 0; i < 100; i++) {
            store.put(TOPIC, entry(i), network(i), NOW);
        }
        VerifiedRecord renewed = TestRecords.topic(TestRecords.publisher(3), "tests", 2, NOW + 30, 3600);
        assertThat(store.put(TOPIC, renewed, network(3), NOW)).isEqualTo(PutResult.STORED);
        assertThat(held(TOPIC)).hasSize(100).contains(renewed);
    }

    @Test
    void amongRecordsOfOneOriginTheEarliestGoesAsInEveryNode() {
        for (int i = 0; i < 100; i++) {
            store.put(TOPIC, entry(i + 60), network(1), NOW);
        }
        VerifiedRecord early = TestRecords.topic(TestRecords.publisher(500), "tests", 1, NOW - 10, 3600);
        assertThat(store.put(TOPIC, early, network(1), NOW)).isEqualTo(PutResult.STORED);
        assertThat(held(TOPIC)).hasSize(100).doesNotContain(early);
    }
}
