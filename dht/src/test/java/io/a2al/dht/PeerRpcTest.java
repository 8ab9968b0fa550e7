package io.a2al.dht;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2al.dht.result.EndpointRecord;
import io.a2al.dht.result.RefusedException;
import io.a2al.dht.result.RpcResult;
import io.a2al.dht.result.RpcResult.Answered;
import io.a2al.dht.result.StoreAnswer;
import io.a2al.dht.transport.TimeSource;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.RecordSigner;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.TopicPayload;
import io.a2al.protocol.record.Topics;
import io.a2al.protocol.record.VerifiedRecord;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests to one peer. */
@Timeout(60)
class PeerRpcTest {

    private static final Identity PUBLISHER = TestNodes.identity("publisher");
    private static final InetSocketAddress UNUSED = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);

    private TestNodes nodes;
    private PeerRpc rpc;
    private InetSocketAddress peer;

    @BeforeEach
    void open() throws Exception {
        nodes = TestNodes.inMemory(4);
        rpc = nodes.get(0).rpc();
        peer = nodes.socketAddress(1);
    }

    @AfterEach
    void close() {
        nodes.close();
    }

    private static long now() {
        return TimeSource.SYSTEM.now().unixSeconds();
    }

    private static SignedRecord endpoint(long sequence, long timestamp) throws Exception {
        return RecordSigner.self(PUBLISHER.newSigner())
                .sign(EndpointPayload.of(List.of("quic://203.0.113.7:" + sequence)), sequence, timestamp, 600);
    }

    private static <T> Answered<T> answered(RpcResult<T> result) {
        assertThat(result).isInstanceOf(Answered.class);
        return (Answered<T>) result;
    }

    @Test
    void aPingTellsWhoIsThereAndHowItSeesUs() throws Exception {
        var pong = answered(rpc.ping(peer));

        assertThat(pong.peer())
                .isEqualTo(Contact.of(nodes.get(1).address(), nodes.get(1).localEndpoint()));
        assertThat(pong.value()).isEqualTo(nodes.get(0).localEndpoint());
        assertThat(pong.roundTrip()).isPositive();
    }

    @Test
    void silenceIsAResult() throws Exception {
        PeerRpc hasty = rpc.withTimeout(Duration.ofMillis(20));

        assertThat(hasty.ping(UNUSED)).isEqualTo(new RpcResult.NoAnswer<>());
        assertThat(hasty.findNode(UNUSED, NodeId.ZERO).answer()).isEmpty();
        assertThat(hasty.storeAt(UNUSED, NodeId.ZERO, endpoint(1, now()))).isEqualTo(new RpcResult.NoAnswer<>());
        assertThatIllegalArgumentException().isThrownBy(() -> rpc.withTimeout(Duration.ZERO));
    }

    @Test
    void onlyTheExpectedIdentityCounts() throws Exception {
        assertThat(rpc.expecting(nodes.get(1).nodeId()).ping(peer)).isInstanceOf(Answered.class);
        assertThat(rpc.expecting(nodes.get(2).nodeId()).ping(peer)).isEqualTo(new RpcResult.OtherIdentity<>());
    }

    @Test
    void aPeerTellsWhomItKnowsButNotTheAsker() throws Exception {
        List<Contact> told = answered(rpc.findNode(peer, nodes.get(3).nodeId())).value();

        assertThat(told)
                .extracting(Contact::nodeId)
                .containsExactlyInAnyOrder(nodes.get(2).nodeId(), nodes.get(3).nodeId());
        assertThat(told.getFirst().nodeId()).isEqualTo(nodes.get(3).nodeId());
    }

    @Test
    void whatOnePeerStoresItGivesBackAndNobodyElseDoes() throws Exception {
        NodeId key = PUBLISHER.nodeId();
        assertThat(answered(rpc.findValue(peer, key)).value()).isEmpty();
        SignedRecord record = endpoint(1, now() - 10);

        var stored = answered(rpc.storeAt(peer, NodeId.ZERO, record));

        assertThat(stored.value()).isEqualTo(new StoreAnswer(true, false, StoreAnswer.Reason.NONE));
        assertThat(answered(rpc.findValue(peer, key)).value())
                .get()
                .extracting(EndpointRecord::record)
                .isEqualTo(record);
        assertThat(answered(rpc.findValue(nodes.socketAddress(2), key)).value()).isEmpty();
        assertThat(answered(rpc.storeAt(peer, key, record)).value().stored())
                .as("again")
                .isTrue();
        assertThat(answered(rpc.storeAt(peer, NodeId.ofHash(new byte[1]), record))
                        .value()
                        .stored())
                .as("where it does not belong")
                .isFalse();
    }

    @Test
    void recordsAndNodesComeTogether() throws Exception {
        NodeId key = Topics.keyOf("translation");
        SignedRecord entry = RecordSigner.self(PUBLISHER.newSigner())
                .sign(TopicPayload.of("translation", "Babel", List.of(), List.of()), 1, now() - 10, 600);
        assertThat(answered(rpc.storeAt(peer, key, entry)).value().stored()).isTrue();

        PeerRecords all =
                answered(rpc.findValueWithNodes(peer, key, RecordType.ANY)).value();

        assertThat(all.records()).containsExactly(entry);
        assertThat(all.verified()).extracting(VerifiedRecord::record).containsExactly(entry);
        assertThat(all.nodes()).hasSize(2);
        assertThat(answered(rpc.findValueWithNodes(peer, key, RecordType.ENDPOINT))
                        .value())
                .extracting(PeerRecords::records, InstanceOfAssertFactories.LIST)
                .isEmpty();
    }

    @Test
    void aRecordThatCannotBeSentIsRefusedHere() throws Exception {
        SignedRecord tooLong =
                RecordSigner.self(PUBLISHER.newSigner()).sign(0x02, Bytes.copyOf(new byte[1000]), 1, now(), 600);

        assertThatThrownBy(() -> rpc.storeAt(peer, NodeId.ZERO, tooLong))
                .isInstanceOf(RefusedException.class)
                .hasMessageMatching("the record has \\d+ bytes, the limit is 1041");
        assertThatThrownBy(() -> rpc.storeAt(peer, PUBLISHER.nodeId(), tooLong))
                .isInstanceOf(RefusedException.class)
                .hasMessageEndingWith("the limit is 1029");
    }

    @Test
    void nothingThatIsToldIsLearnt() throws Exception {
        List<Contact> before = nodes.get(0).contacts();

        answered(rpc.findNode(peer, NodeId.ZERO));
        answered(rpc.storeAt(peer, NodeId.ZERO, endpoint(1, now() - 10)));
        answered(rpc.findValue(peer, PUBLISHER.nodeId()));

        assertThat(nodes.get(0).contacts()).containsExactlyInAnyOrderElementsOf(before);
        assertThat(nodes.get(0).statistics().store().records().used()).isZero();
    }

    @Test
    void everyAnswerHasAnAsyncForm() throws Exception {
        assertThat(rpc.pingAsync(peer).get().answer()).isPresent();
        assertThat(rpc.findNodeAsync(peer, NodeId.ZERO).get().answer()).isPresent();
        assertThat(rpc.findValueAsync(peer, NodeId.ZERO).get().answer()).contains(Optional.empty());
        assertThat(rpc.findValueWithNodesAsync(peer, NodeId.ZERO, RecordType.ANY)
                        .get()
                        .answer())
                .isPresent();
        assertThat(rpc.storeAtAsync(peer, NodeId.ZERO, endpoint(1, now())).get().answer())
                .isPresent();
    }
}
