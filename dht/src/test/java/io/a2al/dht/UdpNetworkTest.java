package io.a2al.dht;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.DropReason;
import io.a2al.dht.result.PingResult;
import io.a2al.dht.result.ResolveResult;
import io.a2al.dht.result.TrafficStatistics;
import io.a2al.dht.transport.Endpoints;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Ed25519;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.message.Envelope;
import io.a2al.protocol.message.Header;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.MessageCodec;
import io.a2al.protocol.message.MessageType;
import io.a2al.protocol.message.TransactionId;
import io.a2al.protocol.record.EndpointPayload;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real sockets on loopback; nothing here measures time. */
@Timeout(60)
class UdpNetworkTest {

    private static final EndpointPayload ENDPOINT = EndpointPayload.of(List.of("quic://203.0.113.7:4121"));

    /** Long enough for the slowest machine; only a lost answer ever waits for it. */
    private static final int PATIENCE_MILLIS = 30_000;

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void nodesFindEachOtherOverIpv4AndIpv6(String address) throws Exception {
        try (TestNodes nodes = TestNodes.onUdp(5, InetAddress.ofLiteral(address))) {
            nodes.get(1).publish(ENDPOINT);

            assertThat(nodes.get(4).resolve(nodes.get(1).address()))
                    .isInstanceOfSatisfying(
                            ResolveResult.Found.class,
                            found -> assertThat(found.endpoint().payload()).isEqualTo(ENDPOINT));
        }
    }

    /** A dual-stack socket sees IPv4 peers as IPv4, so that they are told their real address (wire.md 2.1). */
    @Test
    void aNodeOnAllAddressesTellsIpv4PeersTheirIpv4Address() throws Exception {
        try (DhtNode everywhere = DhtNode.builder()
                        .identity(TestNodes.identity("everywhere"))
                        .listen(new InetSocketAddress(0))
                        .build()
                        .start();
                DhtNode peer = DhtNode.builder()
                        .identity(TestNodes.identity("peer"))
                        .listen(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0))
                        .build()
                        .start()) {
            InetSocketAddress to = new InetSocketAddress(
                    InetAddress.ofLiteral("127.0.0.1"),
                    everywhere.localEndpoint().port());

            assertThat(peer.ping(to))
                    .isInstanceOfSatisfying(
                            PingResult.Answered.class,
                            answered -> assertThat(answered.observed()).isEqualTo(peer.localEndpoint()));
        }
    }

    /** All of 127/8 leads to this machine on Linux, and to the first address only elsewhere. */
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.2", "127.0.0.3", "::1"})
    @EnabledOnOs(OS.LINUX)
    void aNodeOnAllAddressesAnswersFromTheOneThatWasAsked(String asked) throws Exception {
        try (DhtNode everywhere = DhtNode.builder()
                        .identity(TestNodes.identity("everywhere"))
                        .listen(new InetSocketAddress(0))
                        .build()
                        .start();
                DhtNode peer = DhtNode.builder()
                        .identity(TestNodes.identity("peer"))
                        .listen(new InetSocketAddress(0))
                        .build()
                        .start()) {
            InetSocketAddress to = new InetSocketAddress(
                    InetAddress.ofLiteral(asked), everywhere.localEndpoint().port());

            assertThat(peer.ping(to)).isInstanceOf(PingResult.Answered.class);
        }
    }

    /**
     * Known-defects D-03: newcomers whose bucket is full must not stall the node. Each of 500 new identities sends a
     * PING and answers nothing itself; between two of them, the PING of another identity is answered.
     */
    @Test
    void d03_fiveHundredNewIdentitiesDoNotStallTheNode() throws Exception {
        try (TestNodes nodes = TestNodes.onUdp(1, InetAddress.getLoopbackAddress());
                DatagramSocket newcomers = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                DatagramSocket bystander = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            newcomers.setSoTimeout(PATIENCE_MILLIS);
            bystander.setSoTimeout(PATIENCE_MILLIS);
            Identity known = TestNodes.identity("bystander");

            for (int i = 0; i < 500; i++) {
                sendPing(newcomers, nodes.socketAddress(0), TestNodes.identity("newcomer-" + i), i);
                sendPing(bystander, nodes.socketAddress(0), known, 1000 + i);
                assertThat(receive(bystander, MessageType.PONG).transactionId()).isEqualTo(transaction(1000 + i));
                assertThat(receive(newcomers, MessageType.PONG).transactionId()).isEqualTo(transaction(i));
            }

            assertThat(nodes.get(0).traffic().droppedTotal()).isZero();
            assertThat(nodes.get(0).statistics().messages().requestsReceived()).isEqualTo(1000);
        }
    }

    @Test
    void garbageIsCountedByReasonAndAnsweredBySilence() throws Exception {
        // One thread, so that the datagrams are handled in order.
        try (DhtNode node = DhtNode.builder()
                        .identity(TestNodes.identity("counting"))
                        .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .threads(1)
                        .build()
                        .start();
                DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            Identity sender = TestNodes.identity("sender");
            byte[] good = ping(sender, 1).toArray();
            byte[] forged = good.clone();
            forged[good.length - 1] ^= 1;
            byte[] tooLong = new byte[1201];
            byte[] unasked = new MessageCodec(Ed25519.preferred().newVerifier())
                    .encodeToBytes(
                            Header.of(MessageType.PONG, transaction(2)),
                            new Message.Pong(sender.address(), node.localEndpoint()),
                            sender.newSigner())
                    .toArray();

            for (byte[] datagram : List.of(new byte[0], new byte[] {1, 2, 3}, forged, tooLong, unasked, good)) {
                socket.send(
                        new DatagramPacket(datagram, datagram.length, Endpoints.toSocketAddress(node.localEndpoint())));
            }
            Envelope only = receive(socket, MessageType.PONG);

            assertThat(only.transactionId()).isEqualTo(transaction(1));
            TrafficStatistics traffic = node.traffic();
            assertThat(traffic.dropped())
                    .containsEntry(DropReason.EMPTY, 1L)
                    .containsEntry(DropReason.MALFORMED, 1L)
                    .containsEntry(DropReason.BAD_SIGNATURE, 1L)
                    .containsEntry(DropReason.TOO_LONG, 1L)
                    .containsEntry(DropReason.UNSOLICITED, 1L);
            assertThat(traffic.accepted()).isEqualTo(1);
            assertThat(traffic.socket().orElseThrow().receiveBuffer()).isPositive();
        }
    }

    private static Bytes ping(Identity from, int number) {
        return new MessageCodec(Ed25519.preferred().newVerifier())
                .encodeToBytes(
                        Header.of(MessageType.PING, transaction(number)),
                        new Message.Ping(from.address()),
                        from.newSigner());
    }

    private static TransactionId transaction(int number) {
        byte[] bytes = new byte[TransactionId.LENGTH];
        bytes[0] = (byte) (number >> 8);
        bytes[1] = (byte) number;
        return TransactionId.of(Bytes.copyOf(bytes));
    }

    private static void sendPing(DatagramSocket socket, InetSocketAddress to, Identity from, int number)
            throws Exception {
        byte[] datagram = ping(from, number).toArray();
        socket.send(new DatagramPacket(datagram, datagram.length, to));
    }

    /** The next message of this type; the node's own PINGs come in between. */
    private static Envelope receive(DatagramSocket socket, MessageType wanted) throws Exception {
        MessageCodec codec = new MessageCodec(Ed25519.preferred().newVerifier());
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        while (true) {
            socket.receive(packet);
            Envelope envelope = codec.decode(packet.getData(), packet.getLength());
            assertThat(codec.verify(envelope)).isTrue();
            assertThat(Endpoints.of((InetSocketAddress) packet.getSocketAddress())
                            .isDialable())
                    .isTrue();
            if (envelope.header().type() == wanted) {
                return envelope;
            }
        }
    }
}
