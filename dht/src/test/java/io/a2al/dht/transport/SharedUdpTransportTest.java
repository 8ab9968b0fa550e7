package io.a2al.dht.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.a2al.dht.DhtNode;
import io.a2al.dht.result.PingResult;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Identity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SharedUdpTransportTest {

    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
    private static final int FOR_NODE = 0xA4;
    private static final int FOR_OTHER = 0xC3;

    private UdpTransport sender;
    private SharedUdpTransport shared;

    @BeforeEach
    void open() throws IOException {
        sender = UdpTransport.open(ANY_PORT, 1);
        shared = SharedUdpTransport.open(ANY_PORT, 2, 4);
    }

    @AfterEach
    void close() {
        shared.close();
        sender.close();
    }

    @Test
    void theNodesSideReportsTheSocket() {
        assertThat(shared.node().socket().orElseThrow().receiveBuffer()).isPositive();
    }

    private void send(int first, int length) {
        byte[] datagram = new byte[length];
        if (length > 0) {
            datagram[0] = (byte) first;
        }
        assertThat(sender.send(shared.node().localEndpoint(), datagram, length)).isTrue();
    }

    private void sendSeveral(int first, int count) {
        for (int i = 0; i < count; i++) {
            send(first, 10);
        }
    }

    // ---- splitting --------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(ints = {0x40, 0x7f, 0xC0, 0xff})
    void whatHasTheBitGoesToTheOtherProtocol(int first) throws Exception {
        send(first, 9000);

        Datagram datagram = shared.other().receive().orElseThrow();
        assertThat(datagram.from()).isEqualTo(sender.localEndpoint());
        assertThat(datagram.bytes().length()).isEqualTo(9000);
        assertThat(datagram.bytes().toArray()[0]).isEqualTo((byte) first);
        assertThat(shared.statistics().nodeReceived()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0x00, 0x3f, 0x80, 0xA4, 0xbf})
    void everythingElseGoesToTheNode(int first) throws Exception {
        BlockingQueue<String> received = new LinkedBlockingQueue<>();
        shared.node()
                .start(() -> (from, buffer, length) -> received.add(from + " " + (buffer[0] & 0xff) + " " + length));

        send(first, 10);

        assertThat(received.poll(30, TimeUnit.SECONDS)).isEqualTo(sender.localEndpoint() + " " + first + " 10");
        assertThat(shared.statistics().otherReceived()).isZero();
    }

    /** Known-defects D-42: the node is to see that a datagram is too long, and need not hold all of it for that. */
    @Test
    void d42_ofALongDatagramJustOneByteTooManyIsKept() throws Exception {
        BlockingQueue<Integer> received = new LinkedBlockingQueue<>();
        shared.node().start(() -> (from, buffer, length) -> received.add(length));

        send(FOR_NODE, 5000);

        assertThat(received.poll(30, TimeUnit.SECONDS)).isEqualTo(1201);
    }

    @Test
    void bothSidesSendFromTheSameAddress() throws Exception {
        BlockingQueue<String> received = new LinkedBlockingQueue<>();
        sender.start(() -> (from, buffer, length) -> received.add(from + " " + Bytes.copyOfRange(buffer, 0, length)));

        shared.node().send(sender.localEndpoint(), new byte[] {1, 2}, 2);
        assertThat(received.poll(30, TimeUnit.SECONDS)).isEqualTo(shared.node().localEndpoint() + " 0102");
        shared.other().send(sender.localEndpoint(), new byte[] {0x40, 2}, 2);
        assertThat(received.poll(30, TimeUnit.SECONDS)).isEqualTo(shared.other().localEndpoint() + " 4002");
    }

    @Test
    void theOtherProtocolCannotSendWhatANodeWouldTakeForItsOwn() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> shared.other().send(sender.localEndpoint(), new byte[] {(byte) FOR_NODE}, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> shared.other().send(sender.localEndpoint(), new byte[0], 0));
    }

    // ---- neither side holds up the other ----------------------------------------------------------------------

    @Test
    void d41_aFullQueueOfTheOtherProtocolDropsAndTheNodeGoesOn() throws Exception {
        BlockingQueue<Integer> received = new LinkedBlockingQueue<>();
        shared.node().start(() -> (from, buffer, length) -> received.add(length));

        sendSeveral(FOR_OTHER, 6);
        send(FOR_NODE, 33);

        assertThat(received.poll(30, TimeUnit.SECONDS)).isEqualTo(33);
        assertThat(shared.statistics().otherQueue().used()).isEqualTo(4);
        assertThat(shared.statistics().otherDropped()).isEqualTo(2);
    }

    @Test
    void d41_aFullQueueOfTheNodeDropsAndTheOtherProtocolGoesOn() throws Exception {
        CountDownLatch busy = new CountDownLatch(2);
        CountDownLatch release = new CountDownLatch(1);
        shared.node().start(() -> (from, buffer, length) -> {
            busy.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        try {
            sendSeveral(FOR_NODE, 2);
            assertThat(busy.await(30, TimeUnit.SECONDS)).isTrue();
            sendSeveral(FOR_NODE, 6);
            send(FOR_OTHER, 44);
            assertThat(shared.other().receive().orElseThrow().bytes().length()).isEqualTo(44);
            assertThat(shared.statistics().nodeQueue().used()).isEqualTo(4);
            assertThat(shared.statistics().nodeDropped()).isEqualTo(2);
        } finally {
            release.countDown();
        }
    }

    @Test
    void d41_theNodeCanBeClosedBeforeTheSocket() throws Exception {
        shared.node().start(() -> (from, buffer, length) -> {});

        shared.node().close();
        shared.node().close();
        send(FOR_OTHER, 5);

        assertThat(shared.other().receive()).isPresent();
        send(FOR_NODE, 5);
        send(FOR_OTHER, 6);
        assertThat(shared.other().receive()).isPresent();
        assertThat(shared.statistics().nodeDropped()).isEqualTo(1);
    }

    @Test
    void d41_theOtherSideCanBeClosedAndWakesWaitingThreads() throws Exception {
        CompletableFuture<Optional<Datagram>> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return shared.other().receive();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        shared.other().close();

        assertThat(waiting.get(30, TimeUnit.SECONDS)).isEmpty();
        BlockingQueue<Integer> received = new LinkedBlockingQueue<>();
        shared.node().start(() -> (from, buffer, length) -> received.add(length));
        send(FOR_NODE, 6);
        assertThat(received.poll(30, TimeUnit.SECONDS)).isEqualTo(6);
    }

    @Test
    void d41_closingTheSocketEndsBothSides() throws Exception {
        shared.node().start(() -> (from, buffer, length) -> {});

        shared.close();
        shared.close();

        assertThat(shared.other().receive()).isEmpty();
        assertThat(shared.node().send(sender.localEndpoint(), new byte[1], 1)).isFalse();
        shared.node().close();
    }

    @Test
    void aNodeLivesOnAndItsPeersPingIt() throws Exception {
        try (DhtNode node = DhtNode.builder()
                        .identity(identity(1))
                        .transport(shared.node())
                        .build()
                        .start();
                DhtNode peer = DhtNode.builder()
                        .identity(identity(2))
                        .listen(ANY_PORT)
                        .build()
                        .start()) {
            PingResult answer = peer.ping(Endpoints.toSocketAddress(node.localEndpoint()));
            assertThat(answer).isInstanceOf(PingResult.Answered.class);
        }
        send(FOR_OTHER, 5);
        assertThat(shared.other().receive()).isPresent();
    }

    private static Identity identity(int number) {
        byte[] seed = new byte[32];
        seed[0] = (byte) number;
        return Identity.ofSeed(seed);
    }
}
