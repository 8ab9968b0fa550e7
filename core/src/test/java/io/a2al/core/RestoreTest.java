package io.a2al.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.Command;
import io.a2al.core.api.Effect;
import io.a2al.core.api.Input;
import io.a2al.core.api.Origin;
import io.a2al.core.api.Outcome;
import io.a2al.core.api.PutResult;
import io.a2al.core.api.StoredRecord;
import io.a2al.core.api.Subnet;
import io.a2al.core.bounds.Occupancy;
import io.a2al.core.serve.RestoreStatistics;
import io.a2al.core.testing.SoloNode;
import io.a2al.core.testing.SoloNode.Peer;
import io.a2al.core.testing.TestRecords;
import io.a2al.core.testing.VirtualNetwork;
import io.a2al.core.time.NodeTime;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.Topics;
import io.a2al.protocol.record.VerifiedRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SequencedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node is asked for records while those of its earlier run are being restored. */
class RestoreTest {

    private static final long NOW = VirtualNetwork.START_SECONDS;

    /** Inputs that wait at most. */
    private static final int MAX_WAITING = 1024;

    private final SoloNode node = new SoloNode();
    private final Peer peer = node.newPeer();
    private final VerifiedRecord record = endpoint(5);
    private final NodeId key = record.addressId();
    private long nextNumber = -1000;

    @BeforeEach
    void begin() {
        node.core().beginRestore();
    }

    private static VerifiedRecord endpoint(long sequence) {
        return TestRecords.endpoint(TestRecords.publisher(1), "agent", sequence, NOW - 10, 3600);
    }

    private void restore(VerifiedRecord... records) {
        SequencedMap<Long, StoredRecord> numbered = new LinkedHashMap<>();
        for (VerifiedRecord each : records) {
            numbered.put(nextNumber++, new StoredRecord(each.addressId(), each, Origin.LOCAL));
        }
        assertThat(node.core().restore(node.now(), numbered)).hasSize(records.length);
    }

    private List<Effect> restored(NodeId restored) {
        return node.core().handle(node.now(), new Input.KeyRestored(restored));
    }

    private List<Effect> ended() {
        return node.core().handle(node.now(), new Input.RestoreEnded());
    }

    private List<Effect> ask(Peer asker, NodeId wanted) {
        return node.request(asker, new Message.FindValue(wanted, RecordType.ANY, false));
    }

    private List<Effect> store(VerifiedRecord offer) {
        return node.request(peer, new Message.Store(offer.record(), Optional.empty()), offer);
    }

    private static List<Message> answers(List<Effect> effects) {
        return SoloNode.sends(effects).stream()
                .map(Effect.Send::message)
                .filter(message -> message.type().isResponse())
                .toList();
    }

    private static List<Integer> recordsIn(List<Effect> effects) {
        return answers(effects).stream()
                .map(answer -> ((Message.FindValueResponse) answer).records().size())
                .toList();
    }

    @Test
    void aRequestWaitsForTheRecordsOfItsKey() {
        List<Effect> first = ask(peer, key);
        assertThat(first).containsExactly(new Effect.RestoreKey(key));
        assertThat(ask(peer, key)).as("the key is wanted once").isEmpty();

        restore(record);
        List<Effect> then = restored(key);
        assertThat(recordsIn(then)).containsExactly(1, 1);
        assertThat(SoloNode.sends(then))
                .filteredOn(send -> send.message().type().isResponse())
                .allMatch(send -> send.to().equals(peer.endpoint()));
        assertThat(node.core().nextDeadline()).isNotEqualTo(NodeTime.NEVER);
        assertThat(answers(node.advance(Duration.ofSeconds(2)))).as("again").isEmpty();
    }

    /** Peers send a request again while there is no answer; that must not use up the room of others. */
    @Test
    void aRequestThatIsSentAgainIsAnsweredOnce() {
        var transaction = node.newTransaction();
        for (int i = 0; i < 3; i++) {
            node.receive(peer, peer.endpoint(), transaction, new Message.FindValue(key, RecordType.ANY, false));
        }
        restore(record);
        assertThat(recordsIn(restored(key))).containsExactly(1);
    }

    /** Peers choose the ids of their requests, so that two may have one by chance or on purpose. */
    @Test
    void requestsOfOthersWithTheSameIdAreAnsweredAsWell() {
        var transaction = node.newTransaction();
        Message question = new Message.FindValue(key, RecordType.ANY, false);
        Peer other = node.newPeer();
        node.receive(peer, peer.endpoint(), transaction, question);
        node.receive(other, peer.endpoint(), transaction, question);
        restore(record);
        assertThat(recordsIn(restored(key))).containsExactly(1, 1);
    }

    @Test
    void aListenerWaitsForTheRecordsOfItsKey() {
        assertThat(node.submit(1, new Command.Listen(key, RecordType.ANY))).containsExactly(new Effect.RestoreKey(key));
    }

    @Test
    void whatIsCancelledMakesRoomForOthers() {
        node.submit(1, new Command.AwaitRestored(key));
        node.core().handle(node.now(), new Input.Cancel(1));
        Random random = new Random(1);
        for (int i = 0; i < MAX_WAITING; i++) {
            byte[] bytes = new byte[NodeId.LENGTH];
            random.nextBytes(bytes);
            assertThat(answers(ask(node.newPeer(), NodeId.read(bytes, 0)))).isEmpty();
        }
        assertThat(answers(ask(peer, NodeId.ZERO))).hasSize(1);
    }

    @Test
    void aRequestForWhatNobodyStoredIsAnsweredWithoutRecords() {
        ask(peer, key);
        assertThat(recordsIn(restored(key))).containsExactly(0);
    }

    @Test
    void whatNeedsNoRecordsDoesNotWait() {
        assertThat(answers(node.pingFrom(peer))).hasSize(1);
        assertThat(answers(node.request(peer, new Message.FindNode(key)))).hasSize(1);
    }

    @Test
    void aRequestWaitsForASecondAtMost() {
        restore(record);
        ask(peer, key);
        node.advance(Duration.ofMillis(600));
        NodeId other = TestRecords.publisher(2).nodeId();
        ask(peer, other);
        assertThat(answers(node.advance(Duration.ofMillis(399)))).isEmpty();
        assertThat(recordsIn(node.advance(Duration.ofMillis(1)))).containsExactly(1);
        assertThat(answers(node.advance(Duration.ofMillis(599)))).isEmpty();
        assertThat(recordsIn(node.advance(Duration.ofMillis(1)))).containsExactly(0);
        assertThat(restored(key)).isEmpty();
        assertThat(ask(peer, key)).as("a later one waits anew").containsExactly(new Effect.RestoreKey(key));
    }

    /** Otherwise the node would confirm a record that is not kept. */
    @Test
    void aStoreIsJudgedBesideTheRestoredRecord() {
        VerifiedRecord older = endpoint(4);
        assertThat(store(older)).containsExactly(new Effect.RestoreKey(key));
        VerifiedRecord newer = endpoint(6);
        assertThat(store(newer)).isEmpty();
        restore(record);
        assertThat(restored(key)).filteredOn(Effect.Send.class::isInstance).isNotEmpty();
        assertThat(node.core().store().peekAll(key, RecordType.ANY, NOW)).containsExactly(newer);
        node.submit(1, new Command.PutLocally(key, older));
        assertThat(SoloNode.outcomes(restored(key))).containsExactly(new Outcome.Put(PutResult.STALE));
    }

    @Test
    void aRecordThatIsRestoredTwiceCountsOnce() {
        ask(peer, key);
        restore(record);
        restored(key);
        nextNumber--;
        restore(record);
        assertThat(node.core().store().records()).isEqualTo(1);
        assertThat(node.core().store().numberedAt(key)).hasSize(1);
    }

    @Test
    void theApplicationWaitsAsWell() {
        node.submit(1, new Command.AwaitRestored(key));
        assertThat(node.submit(2, new Command.FindRecords(key, 0, Command.Want.FIRST, Duration.ofSeconds(5))))
                .isEmpty();
        node.submit(3, new Command.PutLocally(NodeId.ZERO, endpoint(4)));
        node.submit(4, new Command.AwaitRestored(key));
        node.core().handle(node.now(), new Input.Cancel(4));
        restore(record);
        List<Outcome> outcomes = SoloNode.outcomes(restored(key));
        assertThat(outcomes).hasSize(3).contains(new Outcome.Noted(), new Outcome.Put(PutResult.STALE));
        assertThat(outcomes)
                .filteredOn(Outcome.Records.class::isInstance)
                .singleElement()
                .satisfies(
                        found -> assertThat(((Outcome.Records) found).records()).containsExactly(record));
    }

    @Test
    void theEndAnswersEverythingAndNothingWaitsFromThenOn() {
        ask(peer, key);
        node.submit(1, new Command.AwaitRestored(TestRecords.publisher(2).nodeId()));
        assertThat(node.core().isRestoring()).isTrue();
        restore(record);
        List<Effect> effects = ended();
        assertThat(recordsIn(effects)).containsExactly(1);
        assertThat(SoloNode.outcomes(effects)).containsExactly(new Outcome.Noted());
        assertThat(node.core().isRestoring()).isFalse();
        assertThat(recordsIn(ask(peer, key))).containsExactly(1);
        assertThat(answers(node.advance(Duration.ofSeconds(2)))).isEmpty();
    }

    /** Beyond the bound, requests are answered by what is restored so far. */
    @Test
    void aFloodOfKeysTakesNoMoreThanItsBound() {
        restore(record);
        Random random = new Random(1);
        List<Effect> effects = new ArrayList<>();
        for (int i = 0; i < 3 * MAX_WAITING; i++) {
            byte[] bytes = new byte[NodeId.LENGTH];
            random.nextBytes(bytes);
            effects.addAll(ask(node.newPeer(), NodeId.read(bytes, 0)));
        }
        assertThat(effects).filteredOn(Effect.RestoreKey.class::isInstance).hasSize(MAX_WAITING);
        assertThat(answers(effects)).hasSize(2 * MAX_WAITING);
        assertThat(recordsIn(ask(peer, key)))
                .as("the flood keeps others waiting")
                .containsExactly(1);
        assertThat(answers(node.advance(Duration.ofSeconds(1)))).hasSize(MAX_WAITING);
        assertThat(ask(peer, key)).as("the flood is over").containsExactly(new Effect.RestoreKey(key));
    }

    @Test
    void whatWaitsAndHasWaitedIsCounted() {
        ask(peer, key);
        node.submit(1, new Command.AwaitRestored(key));
        assertThat(statistics()).isEqualTo(new RestoreStatistics(new Occupancy(2, MAX_WAITING), 0, 0, 0));
        restored(key);
        assertThat(statistics()).isEqualTo(new RestoreStatistics(new Occupancy(0, MAX_WAITING), 2, 0, 0));

        ask(peer, key);
        node.advance(Duration.ofSeconds(1));
        assertThat(statistics()).isEqualTo(new RestoreStatistics(new Occupancy(0, MAX_WAITING), 2, 1, 0));

        for (int i = 0; i < MAX_WAITING; i++) {
            node.submit(2 + i, new Command.AwaitRestored(key));
        }
        ask(peer, key);
        assertThat(statistics()).isEqualTo(new RestoreStatistics(new Occupancy(MAX_WAITING, MAX_WAITING), 2, 1, 1));
        node.core().handle(node.now(), new Input.Cancel(2));
        ended();
        ask(peer, key);
        assertThat(statistics())
                .as("a cancelled one has not been answered, and nothing waits after the end")
                .isEqualTo(new RestoreStatistics(new Occupancy(0, MAX_WAITING), 1 + MAX_WAITING, 1, 1));
    }

    private RestoreStatistics statistics() {
        return node.core().statistics().restore();
    }

    /** A signing key that stores much meanwhile must not displace what was confirmed before the restart. */
    @Test
    void aRestoredRecordIsNotLostToAQuotaThatIsUsedUpMeanwhile() {
        int quota = NodeSettings.DEFAULT.store().quotas().recordsPerIdentity();
        Origin network = Origin.of(Subnet.of(VirtualNetwork.publicEndpoint(1)));
        for (int i = 0; i <= quota; i++) {
            VerifiedRecord entry = TestRecords.topic(TestRecords.publisher(1), "topic-" + i, 1, NOW, 3600);
            PutResult result = node.core().store().put(Topics.keyOf("topic-" + i), entry, network, NOW);
            assertThat(result).isEqualTo(i < quota ? PutResult.STORED : PutResult.OVER_QUOTA);
        }
        SequencedMap<Long, StoredRecord> numbered = new LinkedHashMap<>();
        numbered.put(-1L, new StoredRecord(key, record, network));
        assertThat(node.core().restore(node.now(), numbered)).containsExactly(-1L);
    }
}
