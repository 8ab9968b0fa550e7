package io.a2al.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.Effect;
import io.a2al.core.api.Origin;
import io.a2al.core.api.StoredRecord;
import io.a2al.core.api.Subnet;
import io.a2al.core.store.StoreLimits;
import io.a2al.core.testing.SoloNode;
import io.a2al.core.testing.TestRecords;
import io.a2al.core.testing.VirtualNetwork;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.delegation.DelegationProof;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.RecordSigner;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.SignedRecord;
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
    void d26_whoForgesTheAddressOfAProvenSenderPushesItOutNoMore() {
        SoloNode.Peer proven = node.newPublicPeer();
        node.befriend(proven);
        VerifiedRecord genuine = newNote(0);
        store(proven, genuine);
        for (int i = 1; i <= 130; i++) {
            store(node.newPeer(proven.endpoint()), newNote(i));
        }
        assertThat(held(genuine)).isEqualTo(1);
    }

    /** Anyone may store another's record; that does not decide how it is judged when its publisher comes. */
    @Test
    void d26_aRecordCountsAgainstTheBestOriginItCameFrom() {
        SoloNode.Peer proven = node.newPublicPeer();
        node.befriend(proven);
        VerifiedRecord genuine = newNote(0);
        store(node.newPublicPeer(), genuine);
        assertThat(store(proven, genuine)).isTrue();
        for (int i = 1; i <= 150; i++) {
            store(node.newPublicPeer(), newNote(i));
        }
        assertThat(held(genuine)).isEqualTo(1);
    }

    /** No signature covers a proof, so anyone can choose another encoding of it. */
    @Test
    void d26_aCopyWithItsProofEncodedDifferentlyIsTheSameRecord() throws Exception {
        SoloNode.Peer proven = node.newPublicPeer();
        node.befriend(proven);
        Identity owner = Fixtures.identity(70);
        Identity operator = Fixtures.identity(71);
        Bytes proof = DelegationProof.sign(owner.newSigner(), operator.publicKey(), NOW, 0)
                .encode();
        SignedRecord genuine = RecordSigner.delegated(operator.newSigner(), owner.address(), proof)
                .sign(EndpointPayload.of(List.of()), 1, NOW, 3600);
        SignedRecord copy = SignedRecord.of(
                genuine.address(),
                genuine.type(),
                genuine.payload(),
                genuine.sequence(),
                genuine.timestamp(),
                genuine.ttl(),
                genuine.publicKey(),
                genuine.signature(),
                Optional.of(Bytes.fromHex("bf" + proof.toHex().substring(2) + "ff")));
        NodeId key = owner.nodeId();
        for (SignedRecord record : List.of(copy, genuine)) {
            SoloNode.Peer from = record.equals(copy) ? node.newPublicPeer() : proven;
            VerifiedRecord verified = Fixtures.recordVerifier().verify(record);
            node.request(from, new Message.Store(record, Optional.of(key)), verified);
        }
        List<StoredRecord> held = node.core().store().at(key, NOW);
        assertThat(held).hasSize(1);
        assertThat(held.getFirst().origin()).isEqualTo(Origin.of(Subnet.of(proven.endpoint())));
    }

    @Test
    void d26_aNewerRecordFromAStrangerKeepsTheOriginOfTheOlder() {
        SoloNode.Peer proven = node.newPublicPeer();
        node.befriend(proven);
        VerifiedRecord older = TestRecords.note(Fixtures.identity(0), Fixtures.B.address(), 0, 1, NOW, 3600);
        VerifiedRecord newer = TestRecords.note(Fixtures.identity(0), Fixtures.B.address(), 0, 2, NOW + 1, 3600);
        store(proven, older);
        assertThat(store(node.newPublicPeer(), newer)).isTrue();
        for (int i = 1; i <= 150; i++) {
            store(node.newPublicPeer(), newNote(i));
        }
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
