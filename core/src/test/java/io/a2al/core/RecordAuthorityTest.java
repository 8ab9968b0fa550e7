package io.a2al.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.Command;
import io.a2al.core.api.Effect;
import io.a2al.core.api.Outcome;
import io.a2al.core.testing.SoloNode;
import io.a2al.core.testing.SoloNode.Peer;
import io.a2al.core.testing.TestRecords;
import io.a2al.core.testing.VirtualNetwork;
import io.a2al.protocol.delegation.DelegationProof;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.record.RecordPolicy;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.Topics;
import io.a2al.protocol.record.VerifiedRecord;
import io.a2al.protocol.testing.Fixtures;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Which records the node stores, returns and accepts from other nodes. A is the node itself, B an agent, C an unrelated
 * identity.
 */
class RecordAuthorityTest {

    private static final long NOW = VirtualNetwork.START_SECONDS;
    private static final NodeId AGENT = Fixtures.B.nodeId();

    private final SoloNode node = new SoloNode();
    private final Peer peer = node.newPeer();

    /** Returns a record for B's address that C signed without a delegation. */
    private static VerifiedRecord impostor() {
        DelegationProof ofHisOwn = DelegationProof.sign(Fixtures.C.newSigner(), Fixtures.C.publicKey(), NOW - 1, 0);
        return TestRecords.delegated(Fixtures.C, Fixtures.B.address(), ofHisOwn, 9, NOW, 3600);
    }

    private static boolean isStored(SoloNode node, Peer publisher, VerifiedRecord record, Optional<NodeId> key) {
        List<Effect.Send> answers =
                SoloNode.sends(node.request(publisher, new Message.Store(record.record(), key), record));
        return answers.getFirst().message().equals(Message.StoreResponse.of(true));
    }

    private static List<SignedRecord> served(SoloNode node, Peer asker, NodeId key) {
        return SoloNode.sends(node.request(asker, new Message.FindValue(key, 0, false))).stream()
                .map(Effect.Send::message)
                .filter(Message.FindValueResponse.class::isInstance)
                .flatMap(answer -> ((Message.FindValueResponse) answer).records().stream())
                .toList();
    }

    /** Returns the records that a lookup yields when this is its only answer. */
    private static List<VerifiedRecord> found(
            SoloNode node, Peer holder, NodeId key, int type, VerifiedRecord... held) {
        node.befriend(holder);
        Command find = new Command.FindRecords(key, type, Command.Want.ALL, Duration.ofSeconds(5));
        Effect.Send question = SoloNode.sends(node.submit(1, find)).getFirst();
        Message answer = new Message.FindValueResponse(
                Optional.of(List.of()),
                Optional.empty(),
                Fixtures.observed(),
                Stream.of(held).map(VerifiedRecord::record).toList());
        // A holder that seems to have more is asked again, and does not answer.
        return Stream.of(node.answer(holder, question, answer, held), node.advance(Duration.ofSeconds(9)))
                .flatMap(effects -> SoloNode.outcomes(effects).stream())
                .flatMap(outcome -> ((Outcome.Records) outcome).records().stream())
                .toList();
    }

    // ---- authority --------------------------------------------------------------------------------------------

    @Test
    void d22_noKeySpeaksForTheAddressOfAnother() {
        assertThat(isStored(node, peer, impostor(), Optional.empty())).isFalse();
        assertThat(served(node, peer, AGENT)).isEmpty();
        VerifiedRecord own = TestRecords.endpoint(Fixtures.B, "own", 1, NOW, 3600);
        assertThat(isStored(node, peer, own, Optional.empty())).isTrue();
        assertThat(served(node, peer, AGENT)).containsExactly(own.record());
    }

    @Test
    void d22_aReaderDropsRecordsOfKeysThatMayNotSpeakForTheAddress() {
        VerifiedRecord own = TestRecords.endpoint(Fixtures.B, "own", 1, NOW - 5, 3600);
        assertThat(found(node, peer, AGENT, RecordType.ENDPOINT, impostor(), own))
                .containsExactly(own);
    }

    @Test
    void d22_thePolicyCanBeSwitchedOffOnPurpose() {
        SoloNode open = new SoloNode(NodeSettings.DEFAULT.withPolicy(RecordPolicy.acceptAll()));
        assertThat(isStored(open, peer, impostor(), Optional.empty())).isTrue();
        assertThat(served(open, peer, AGENT)).containsExactly(impostor().record());
        SoloNode reader = new SoloNode(NodeSettings.DEFAULT.withPolicy(RecordPolicy.acceptAll()));
        assertThat(found(reader, peer, AGENT, RecordType.ENDPOINT, impostor())).containsExactly(impostor());
    }

    // ---- content ----------------------------------------------------------------------------------------------

    @Test
    void d23_entriesAndNotesLiveWhereTheyBelongOnly() {
        VerifiedRecord entry = TestRecords.topic(Fixtures.C, "a", 1, NOW, 3600);
        VerifiedRecord note = TestRecords.note(Fixtures.C, Fixtures.B.address(), 1, 1, NOW, 3600);
        for (VerifiedRecord record : List.of(entry, note)) {
            for (NodeId elsewhere : List.of(Topics.keyOf("b"), Fixtures.C.nodeId(), NodeId.ZERO)) {
                assertThat(isStored(node, peer, record, Optional.of(elsewhere)))
                        .as("%s at %s", record, elsewhere)
                        .isFalse();
            }
        }
        assertThat(node.core().statistics().store().keys().used()).isZero();
        assertThat(isStored(node, peer, entry, Optional.of(Topics.keyOf("a")))).isTrue();
        assertThat(isStored(node, peer, note, Optional.of(AGENT))).isTrue();
    }

    @Test
    void d23_aReaderTakesNothingFromTheWrongKey() {
        VerifiedRecord right = TestRecords.topic(Fixtures.B, "a", 1, NOW, 3600);
        VerifiedRecord wrong = TestRecords.topic(Fixtures.C, "b", 1, NOW, 3600);
        assertThat(found(node, peer, Topics.keyOf("a"), RecordType.TOPIC, wrong, right))
                .containsExactly(right);
    }

    @Test
    void d23_theBindingCanBeGivenUpAndOwnersStillCount() {
        SoloNode loose = new SoloNode(NodeSettings.DEFAULT.withPolicy(RecordPolicy.ownerOnly()));
        VerifiedRecord entry = TestRecords.topic(Fixtures.C, "a", 1, NOW, 3600);
        assertThat(isStored(loose, peer, entry, Optional.of(Topics.keyOf("b")))).isTrue();
        assertThat(isStored(loose, peer, impostor(), Optional.empty())).isFalse();
    }

    // ---- clocks -----------------------------------------------------------------------------------------------

    @Test
    void d28_aClockThatIsAMinuteAheadIsTolerated() {
        VerifiedRecord ahead = TestRecords.endpoint(Fixtures.B, "x", 1, NOW + 60, 3600);
        VerifiedRecord tooFar = TestRecords.endpoint(Fixtures.C, "x", 1, NOW + 61, 3600);
        assertThat(isStored(node, peer, tooFar, Optional.empty())).isFalse();
        assertThat(isStored(node, peer, ahead, Optional.empty())).isTrue();
        assertThat(served(node, peer, AGENT)).containsExactly(ahead.record());
        SoloNode reader = new SoloNode();
        assertThat(found(reader, peer, AGENT, RecordType.ENDPOINT, ahead)).containsExactly(ahead);
    }

    // ---- proofs -----------------------------------------------------------------------------------------------

    @Test
    void d44_aReaderJudgesProofsAtTheTimeOfReading() {
        VerifiedRecord ended = TestRecords.delegated(Fixtures.B, Fixtures.C, NOW - 100, NOW - 60, 9, NOW - 90, 3600);
        VerifiedRecord ending = TestRecords.delegated(Fixtures.B, Fixtures.A, NOW - 200, NOW - 59, 8, NOW - 90, 3600);
        VerifiedRecord future = TestRecords.delegated(Fixtures.B, Fixtures.C, NOW + 61, 0, 10, NOW, 3600);
        assertThat(found(node, peer, AGENT, RecordType.ENDPOINT, ended, ending, future))
                .containsExactly(ending);
    }

    /** A node resolves its own publication without a request, but not after the end of its proof. */
    @Test
    void d44_ourOwnPublicationIsNoAnswerAfterItsProof() {
        VerifiedRecord ours = TestRecords.delegated(Fixtures.B, Fixtures.A, NOW - 100, NOW + 100, 1, NOW, 3600);
        node.submit(1, new Command.Publish(AGENT, ours));
        Command find = new Command.FindRecords(AGENT, RecordType.ENDPOINT, Command.Want.NEWEST, Duration.ofSeconds(5));
        node.advance(Duration.ofSeconds(159));
        assertThat(SoloNode.outcomes(node.submit(2, find)))
                .singleElement()
                .isInstanceOfSatisfying(
                        Outcome.Records.class,
                        outcome -> assertThat(outcome.records()).containsExactly(ours));
        node.advance(Duration.ofSeconds(1));
        assertThat(SoloNode.outcomes(node.submit(3, find)))
                .singleElement()
                .isInstanceOfSatisfying(
                        Outcome.Records.class,
                        outcome -> assertThat(outcome.records()).isEmpty());
    }

    @Test
    void d54_aBadProofDoesNotHideAGoodRecordFromReaders() {
        VerifiedRecord good = TestRecords.delegated(Fixtures.B, Fixtures.A, NOW - 100, 0, 1, NOW - 5, 3600);
        VerifiedRecord old = TestRecords.endpoint(Fixtures.B, "old", 900, NOW - 5, 3600);
        assertThat(found(node, peer, AGENT, RecordType.ENDPOINT, impostor(), good, old))
                .containsExactly(good);
    }
}
