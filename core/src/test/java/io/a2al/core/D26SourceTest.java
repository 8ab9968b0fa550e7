package io.a2al.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.Effect;
import io.a2al.core.store.StoreLimits;
import io.a2al.core.testing.SoloNode;
import io.a2al.core.testing.TestRecords;
import io.a2al.core.testing.VirtualNetwork;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.VerifiedRecord;
import io.a2al.protocol.testing.Fixtures;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The store is told which peer brought a record (known-defects D-23, D-26). */
class D26SourceTest {

    private static final long NOW = VirtualNetwork.START_SECONDS;
    private static final NodeId INBOX = Fixtures.B.nodeId();

    private final SoloNode node = new SoloNode();
    private int sent;

    private boolean store(SoloNode.Peer from, VerifiedRecord note) {
        Message.Store request = new Message.Store(note.record(), Optional.of(INBOX));
        List<Effect.Send> answers =
                SoloNode.sends(node.request(from, request, note), Message.StoreResponse.class::isInstance);
        return ((Message.StoreResponse) answers.getFirst().message()).stored();
    }

    private VerifiedRecord newNote(int sender) {
        return TestRecords.note(Fixtures.identity(sender), Fixtures.B.address(), sent++, 1, NOW, 3600);
    }

    private int held(VerifiedRecord... notes) {
        List<VerifiedRecord> all = node.core().store().peekAll(INBOX, RecordType.ANY, NOW);
        return (int) List.of(notes).stream().filter(all::contains).count();
    }

    @Test
    void d26_recordsFromUnverifiedAddressesDoNotEvictThoseFromVerifiedOnes() {
        SoloNode.Peer proven = node.newPublicPeer();
        node.befriend(proven);
        VerifiedRecord genuine = newNote(0);
        store(proven, genuine);
        for (int i = 1; i <= 60; i++) {
            // Each claims to be in a network of its own.
            store(node.newPublicPeer(), newNote(i));
        }
        SoloNode.Peer late = node.newPublicPeer();
        node.befriend(late);
        VerifiedRecord another = newNote(61);
        store(late, another);
        assertThat(held(genuine, another)).isEqualTo(2);
        assertThat(node.core().statistics().store().records().used()).isEqualTo(50);
    }

    @Test
    void d26_networksOfProvenSendersAreToldApart() {
        SoloNode.Peer lonely = node.newPeer(Endpoint.of(new byte[] {(byte) 203, 0, 113, 7}, 4121));
        node.befriend(lonely);
        VerifiedRecord genuine = newNote(0);
        store(lonely, genuine);
        SoloNode.Peer busy = node.newPeer(Endpoint.of(new byte[] {(byte) 198, 51, 100, 7}, 4121));
        node.befriend(busy);
        for (int i = 1; i <= 60; i++) {
            store(busy, newNote(i));
        }
        assertThat(held(genuine)).isEqualTo(1);
    }

    @Test
    void d26_aForgedAddressOfAProvenSenderEvictsNoneOfItsRecords() {
        SoloNode.Peer proven = node.newPublicPeer();
        node.befriend(proven);
        VerifiedRecord genuine = newNote(0);
        store(proven, genuine);
        for (int i = 1; i <= 130; i++) {
            store(node.newPeer(proven.endpoint()), newNote(i));
        }
        assertThat(held(genuine)).isEqualTo(1);
    }

    private static VerifiedRecord genuineNote(long sequence, long secondsAgo) {
        return TestRecords.note(Fixtures.identity(0), Fixtures.B.address(), 0, sequence, NOW - secondsAgo, 3600);
    }

    /** Any peer may store another's record, and then flood the inbox from the same network. */
    private void flood(SoloNode.Peer stranger) {
        for (int i = 1; i <= 150; i++) {
            store(node.newPeer(stranger.endpoint()), newNote(i));
        }
    }

    @Test
    void d26_aRecordCountsAgainstTheBestOriginItCameFrom() {
        SoloNode.Peer proven = node.newPublicPeer();
        node.befriend(proven);
        SoloNode.Peer stranger = node.newPublicPeer();
        VerifiedRecord genuine = genuineNote(1, 20);
        store(stranger, genuine);
        assertThat(store(proven, genuine)).isTrue();
        flood(stranger);
        assertThat(held(genuine)).isEqualTo(1);
    }

    @Test
    void d26_aNewerRecordFromAStrangerKeepsTheOriginOfTheOlder() {
        SoloNode.Peer proven = node.newPublicPeer();
        node.befriend(proven);
        SoloNode.Peer stranger = node.newPublicPeer();
        store(proven, genuineNote(1, 20));
        VerifiedRecord newer = genuineNote(2, 10);
        assertThat(store(stranger, newer)).isTrue();
        flood(stranger);
        assertThat(held(newer)).isEqualTo(1);
    }

    @Test
    void d23_aRecordOverTheQuotaIsRefused() {
        SoloNode small = new SoloNode(
                NodeSettings.DEFAULT.withStore(StoreLimits.DEFAULT.withQuotas(new StoreLimits.Quotas(100, 2, 100))));
        SoloNode.Peer peer = small.newPublicPeer();
        small.befriend(peer);
        for (int i = 0; i < 3; i++) {
            VerifiedRecord note = newNote(0);
            Message.Store request = new Message.Store(note.record(), Optional.of(INBOX));
            Message.StoreResponse answer = (Message.StoreResponse) SoloNode.sends(small.request(peer, request, note))
                    .getFirst()
                    .message();
            assertThat(answer.stored()).isEqualTo(i < 2);
        }
    }
}
