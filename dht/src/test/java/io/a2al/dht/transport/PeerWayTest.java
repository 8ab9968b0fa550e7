package io.a2al.dht.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.a2al.core.bounds.Occupancy;
import io.a2al.dht.DhtNode;
import io.a2al.dht.TestNodes;
import io.a2al.dht.result.PingResult;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.message.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class PeerWayTest {

    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);

    /** Addresses at which nothing listens. */
    private static final Endpoint ONE = endpoint("127.9.9.1", 4121);

    private static final Endpoint OTHER = endpoint("127.9.9.2", 4121);

    private SharedUdpTransport shared;
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

    @BeforeEach
    void open() throws IOException {
        shared = SharedUdpTransport.open(ANY_PORT, 1, 4);
    }

    @AfterEach
    void close() {
        shared.close();
    }

    private static Endpoint endpoint(String ip, int port) {
        return Endpoints.of(new InetSocketAddress(InetAddress.ofLiteral(ip), port));
    }

    private void startNode() {
        shared.node()
                .start(() -> (from, buffer, length) -> received.add(from + " " + Bytes.copyOfRange(buffer, 0, length)));
    }

    private static boolean nothingIsSent(byte[] datagram, int length) {
        throw new AssertionError("sent: " + Bytes.copyOfRange(datagram, 0, length));
    }

    private DhtNode node(SharedUdpTransport transport, String name) throws Exception {
        return DhtNode.builder()
                .identity(TestNodes.identity(name))
                .transport(transport.node())
                .build()
                .start();
    }

    @Test
    @SuppressWarnings("try")
    void nodesReachEachOtherOverAWay() throws Exception {
        AtomicInteger carried = new AtomicInteger();
        try (SharedUdpTransport far = SharedUdpTransport.open(ANY_PORT, 1, 4);
                DhtNode near = node(shared, "near");
                DhtNode beyond = node(far, "beyond")) {
            BlockingQueue<PeerWay> atFar = new LinkedBlockingQueue<>();
            PeerWay atNear = shared.openWay(OTHER, (datagram, length) -> {
                        carried.incrementAndGet();
                        return atFar.element().receive(datagram, length);
                    })
                    .orElseThrow();
            atFar.add(far.openWay(ONE, atNear::receive).orElseThrow());

            PingResult answer = near.ping(Endpoints.toSocketAddress(OTHER));

            assertThat(answer).isInstanceOf(PingResult.Answered.class);
            assertThat(carried).hasPositiveValue();
            assertThat(near.contacts())
                    .singleElement()
                    .satisfies(contact -> assertThat(contact.endpoint()).isEqualTo(OTHER));
        }
    }

    @Test
    void whatArrivesOnAWayComesFromItsAddress() throws Exception {
        startNode();
        PeerWay way = shared.openWay(ONE, PeerWayTest::nothingIsSent).orElseThrow();

        assertThat(way.receive(new byte[] {5, 6, 7}, 2)).isTrue();

        assertThat(received.poll(30, TimeUnit.SECONDS)).isEqualTo(ONE + " 0506");
        assertThat(way.peer()).isEqualTo(ONE);
        assertThat(shared.statistics().nodeReceived()).isEqualTo(1);
    }

    @Test
    void whatTheNodeSendsToThatAddressTakesTheWayUntilItIsClosed() throws Exception {
        BlockingQueue<String> byUdp = new LinkedBlockingQueue<>();
        BlockingQueue<String> byWay = new LinkedBlockingQueue<>();
        try (UdpTransport peer = UdpTransport.open(ANY_PORT, 1)) {
            peer.start(() -> (from, buffer, length) -> byUdp.add("" + length));
            Endpoint at = peer.localEndpoint();
            PeerWay way = shared.openWay(at, (datagram, length) -> byWay.add("" + length))
                    .orElseThrow();

            assertThat(shared.node().send(at, new byte[9], 3)).isTrue();
            assertThat(shared.node().answer(at, new byte[9], 4)).isTrue();
            way.close();
            way.close();
            assertThat(shared.node().send(at, new byte[9], 5)).isTrue();

            assertThat(byUdp.poll(30, TimeUnit.SECONDS)).isEqualTo("5");
            assertThat(byWay).containsExactly("3", "4");
            assertThat(way.isOpen()).isFalse();
            assertThat(way.receive(new byte[1], 1)).isFalse();
        }
        assertThat(shared.statistics().nodeReceived()).isZero();
    }

    @Test
    void closingTheSocketClosesItsWays() {
        PeerWay way = shared.openWay(ONE, PeerWayTest::nothingIsSent).orElseThrow();

        shared.close();

        assertThat(way.isOpen()).isFalse();
        assertThat(way.receive(new byte[1], 1)).isFalse();
        assertThat(shared.node().send(ONE, new byte[1], 1)).isFalse();
        assertThat(shared.openWay(OTHER, PeerWayTest::nothingIsSent)).isEmpty();
    }

    @Test
    void waysAreBoundedAndOneForEachAddress() {
        PeerWay first =
                shared.openWay(ONE.withPort(1), PeerWayTest::nothingIsSent).orElseThrow();
        for (int port = 2; port <= SharedUdpTransport.MAX_WAYS; port++) {
            assertThat(shared.openWay(ONE.withPort(port), PeerWayTest::nothingIsSent))
                    .isPresent();
        }
        assertThat(shared.openWay(OTHER, PeerWayTest::nothingIsSent)).isEmpty();
        assertThat(shared.statistics().ways())
                .isEqualTo(new Occupancy(SharedUdpTransport.MAX_WAYS, SharedUdpTransport.MAX_WAYS));

        first.close();
        assertThat(shared.statistics().ways().used()).isEqualTo(SharedUdpTransport.MAX_WAYS - 1);
        assertThat(shared.openWay(ONE.withPort(2), PeerWayTest::nothingIsSent)).isEmpty();
        Optional<PeerWay> again = shared.openWay(ONE.withPort(1), PeerWayTest::nothingIsSent);
        assertThat(again).isPresent();
        first.close();
        assertThat(again.orElseThrow().isOpen()).isTrue();
    }

    /** The queue of the node has room for four, and the node has not started. */
    @Test
    void whatTheNodesQueueCannotTakeIsCounted() {
        PeerWay way = shared.openWay(ONE, PeerWayTest::nothingIsSent).orElseThrow();

        for (int i = 0; i < 6; i++) {
            assertThat(way.receive(new byte[10], 10)).isTrue();
        }
        assertThat(shared.statistics().nodeQueue().used()).isEqualTo(4);
        assertThat(shared.statistics().nodeDropped()).isEqualTo(2);
    }

    @Test
    void ofALongDatagramJustOneByteTooManyIsPassedOn() throws Exception {
        startNode();
        PeerWay way = shared.openWay(ONE, PeerWayTest::nothingIsSent).orElseThrow();

        assertThat(way.receive(new byte[5000], 5000)).isTrue();

        assertThat(received.poll(30, TimeUnit.SECONDS)).hasSize((ONE + " ").length() + 2 * 1201);
    }

    @Test
    void aDatagramOfTheOtherProtocolIsNotPassedOn() {
        PeerWay way = shared.openWay(ONE, PeerWayTest::nothingIsSent).orElseThrow();

        assertThat(way.receive(new byte[] {(byte) 0xC3, 1}, 2)).isFalse();
        assertThat(shared.statistics().nodeReceived()).isZero();
    }

    @Test
    void aSenderThatFailsIsADatagramThatIsNotSent() {
        shared.openWay(ONE, (datagram, length) -> {
            throw new IllegalStateException("connection closed");
        });
        shared.openWay(OTHER, (datagram, length) -> false);

        assertThat(shared.node().send(ONE, new byte[1], 1)).isFalse();
        assertThat(shared.node().answer(OTHER, new byte[1], 1)).isFalse();
        assertThat(shared.statistics().sendErrors()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"0.0.0.0, 4121", "224.0.0.1, 4121", "255.255.255.255, 4121", "127.9.9.1, 0", "'::', 4121"})
    void addressesThatNoPeerHasAreRefused(String ip, int port) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> shared.openWay(endpoint(ip, port), PeerWayTest::nothingIsSent))
                .withMessageContaining("give a unicast address and a port");
    }
}
