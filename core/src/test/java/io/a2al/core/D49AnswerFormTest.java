package io.a2al.core;

import static io.a2al.core.testing.SoloNode.sends;
import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.Command;
import io.a2al.core.api.Effect;
import io.a2al.core.testing.SoloNode;
import io.a2al.core.testing.SoloNode.Peer;
import io.a2al.core.testing.TestRecords;
import io.a2al.core.testing.VirtualNetwork;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Header;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.MessageCodec;
import io.a2al.protocol.record.VerifiedRecord;
import io.a2al.protocol.testing.Fixtures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Known-defects D-49: over its signaling channel the reference sends transaction ids that are too short, and answers
 * without the observed address, which its own encoder refuses. This node sends neither.
 */
class D49AnswerFormTest {

    private final SoloNode node = new SoloNode();

    /** Returns everything that a node sends: answers to requests of every type, its own requests, and maintenance. */
    private List<Effect.Send> everythingSent() {
        Peer peer = node.newPublicPeer();
        node.befriend(peer);
        VerifiedRecord record =
                TestRecords.endpoint(Fixtures.B, "x", 1, node.now().unixSeconds(), 3600);
        List<Effect> effects = new ArrayList<>();
        effects.addAll(node.pingFrom(peer));
        effects.addAll(node.request(peer, new Message.FindNode(NodeId.ZERO)));
        effects.addAll(node.request(peer, new Message.Store(record.record(), Optional.empty()), record));
        effects.addAll(node.request(peer, new Message.FindValue(Fixtures.B.nodeId(), 0, true)));
        effects.addAll(
                node.request(peer, new Message.NatProbeRequest(Bytes.fromHex("0102030405060708"), peer.endpoint())));
        effects.addAll(node.submit(1, new Command.FindNode(NodeId.ZERO, Duration.ofSeconds(5))));
        effects.addAll(
                node.submit(2, new Command.ProbeNat(peer.endpoint(), Fixtures.observed(), Duration.ofSeconds(5))));
        effects.addAll(node.advance(Duration.ofMinutes(5)));
        return sends(effects);
    }

    @Test
    void d49_everythingSentCanBeReadByTheStrictestReceiver() throws Exception {
        MessageCodec codec = Fixtures.codec();
        List<Effect.Send> sent = everythingSent();
        assertThat(sent).hasSizeGreaterThan(7);
        for (Effect.Send send : sent) {
            Header header = Header.of(send.message().type(), send.transactionId());
            Bytes datagram = codec.encodeToBytes(header, send.message(), SoloNode.SELF.newSigner());
            assertThat(send.transactionId().toBytes().length()).isEqualTo(20);
            assertThat(codec.decode(datagram.toArray(), datagram.length()).message())
                    .isEqualTo(send.message());
        }
    }

    @Test
    void d49_everyAnswerTellsTheAskersAddress() {
        List<Effect.Send> answers = everythingSent().stream()
                .filter(send -> switch (send.message()) {
                    case Message.Pong(var ignored, var observed) -> observed.equals(VirtualNetwork.publicEndpoint(1));
                    case Message.FindNodeResponse response ->
                        response.observed().equals(VirtualNetwork.publicEndpoint(1));
                    case Message.FindValueResponse response ->
                        response.observed().equals(VirtualNetwork.publicEndpoint(1));
                    default -> false;
                })
                .toList();
        assertThat(answers)
                .extracting(send -> send.message().getClass().getSimpleName())
                .contains("Pong", "FindNodeResponse", "FindValueResponse");
    }
}
