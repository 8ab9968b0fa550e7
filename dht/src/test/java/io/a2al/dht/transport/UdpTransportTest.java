package io.a2al.dht.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.message.Endpoint;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@Timeout(60)
class UdpTransportTest {

    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    @Test
    void carriesDatagramsWithTheirSource() throws Exception {
        BlockingQueue<String> received = new LinkedBlockingQueue<>();
        try (UdpTransport a = UdpTransport.open(ANY_PORT, 2);
                UdpTransport b = UdpTransport.open(ANY_PORT, 1)) {
            a.start(() -> (from, buffer, length) -> received.add(from + " " + Bytes.copyOfRange(buffer, 0, length)));

            assertThat(b.send(a.localEndpoint(), new byte[] {1, 2, 3, 4}, 3)).isTrue();

            assertThat(received.poll(30, TimeUnit.SECONDS)).isEqualTo(b.localEndpoint() + " 010203");
        }
    }

    @Test
    void aTakenPortIsReportedWithItsAddressAndTheRemedy() throws Exception {
        try (UdpTransport first = UdpTransport.open(ANY_PORT, 1)) {
            InetSocketAddress taken = Endpoints.toSocketAddress(first.localEndpoint());
            String message = "cannot listen on " + first.localEndpoint()
                    + ": address already in use; stop the other program or choose another port";

            assertThatThrownBy(() -> UdpTransport.open(taken, 1))
                    .isInstanceOf(BindException.class)
                    .hasMessage(message);
            assertThatThrownBy(() -> SharedUdpTransport.open(taken, 1))
                    .isInstanceOf(BindException.class)
                    .hasMessage(message);
        }
    }

    @Test
    void anAddressOfAnotherMachineIsReportedWithTheRemedy() {
        assertThatThrownBy(
                        () -> UdpTransport.open(new InetSocketAddress(InetAddress.ofLiteral("203.0.113.7"), 4121), 1))
                .isInstanceOf(BindException.class)
                .hasMessageStartingWith("cannot listen on 203.0.113.7:4121: ")
                .hasMessageEndingWith("; choose an address of this machine and a port it may use");
    }

    @Test
    void anUnknownHostAndNoThreadsAreRefused() {
        assertThatThrownBy(() -> UdpTransport.open(InetSocketAddress.createUnresolved("no.such.host", 0), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no.such.host");
        assertThatThrownBy(() -> UdpTransport.open(ANY_PORT, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("threads of a transport: 0; give at least 1");
    }

    @Test
    void whatCannotBeSentIsCountedAndHarmless() throws Exception {
        BlockingQueue<Integer> received = new LinkedBlockingQueue<>();
        try (UdpTransport transport = UdpTransport.open(ANY_PORT, 1)) {
            transport.start(() -> (from, buffer, length) -> received.add(length));

            boolean toPortZero = transport.send(Endpoint.of(new byte[] {127, 0, 0, 1}, 0), new byte[1], 1);
            boolean tooLong = transport.send(transport.localEndpoint(), new byte[70_000], 70_000);
            boolean good = transport.send(transport.localEndpoint(), new byte[7], 7);

            assertThat(toPortZero || tooLong).isFalse();
            assertThat(good).isTrue();
            assertThat(transport.sendErrors()).isEqualTo(2);
            assertThat(received.poll(30, TimeUnit.SECONDS)).isEqualTo(7);
        }
    }

    /** Known-defects D-31: nothing but closing ends reception; not even a defect in the handler. */
    @Test
    void d31_aFailingHandlerDoesNotEndReception() throws Exception {
        BlockingQueue<Integer> received = new LinkedBlockingQueue<>();
        try (UdpTransport transport = UdpTransport.open(ANY_PORT, 1)) {
            transport.start(() -> (from, buffer, length) -> {
                if (length == 1) {
                    throw new IllegalStateException("a defect, on purpose");
                }
                received.add(length);
            });

            transport.send(transport.localEndpoint(), new byte[1], 1);
            transport.send(transport.localEndpoint(), new byte[2], 2);

            assertThat(received.poll(30, TimeUnit.SECONDS)).isEqualTo(2);
            assertThat(transport.socket().orElseThrow().receiveErrors()).isEqualTo(1);
        }
    }

    /**
     * While an interrupt is pending, a selector returns at once, and a thread that waits with it would never rest. So
     * the thread clears the interrupt when it waits, which it has done before one of the next datagrams.
     */
    @Test
    void anInterruptedThreadGoesOnWaiting() throws Exception {
        BlockingQueue<Boolean> interrupted = new LinkedBlockingQueue<>();
        try (UdpTransport transport = UdpTransport.open(ANY_PORT, 1)) {
            transport.start(() -> (from, buffer, length) -> {
                if (length == 1) {
                    Thread.currentThread().interrupt();
                }
                interrupted.add(Thread.currentThread().isInterrupted());
            });
            transport.send(transport.localEndpoint(), new byte[1], 1);
            int datagrams = 0;
            while (Boolean.TRUE.equals(interrupted.poll(30, TimeUnit.SECONDS))) {
                assertThat(datagrams++).isLessThan(1000);
                transport.send(transport.localEndpoint(), new byte[2], 2);
            }
            assertThat(datagrams).as("datagrams after the interrupt").isPositive();
        }
    }

    @Test
    void closingEndsTheThreadsAndCanBeRepeated() throws Exception {
        UdpTransport transport = UdpTransport.open(ANY_PORT, 2);
        transport.start(() -> (from, buffer, length) -> {});
        String prefix = "a2al-io-" + transport.localEndpoint().port();
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().startsWith(prefix))
                .hasSize(2);

        transport.close();
        transport.close();

        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith(prefix));
        assertThat(transport.send(transport.localEndpoint(), new byte[1], 1)).isFalse();
    }

    @Test
    void theBuffersThatTheSystemGaveAreReported() throws Exception {
        try (UdpTransport transport = UdpTransport.open(ANY_PORT, 1)) {
            SocketStatistics socket = transport.socket().orElseThrow();

            assertThat(socket.askedReceiveBuffer()).isEqualTo(1 << 20);
            assertThat(socket.askedSendBuffer()).isEqualTo(1 << 20);
            assertThat(socket.receiveBuffer()).isPositive();
            assertThat(socket.sendBuffer()).isPositive();
        }
    }

    /** No thread receives, so that the buffer must become full, however large it is. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void aFullReceiveBufferIsCounted() throws Exception {
        try (UdpTransport deaf = UdpTransport.open(ANY_PORT, 1);
                UdpTransport sender = UdpTransport.open(ANY_PORT, 1)) {
            assertThat(deaf.socket().orElseThrow().dropped()).contains(0L);

            byte[] large = new byte[60_000];
            for (int i = 0; i < 100; i++) {
                sender.send(deaf.localEndpoint(), large, large.length);
            }

            assertThat(deaf.socket().orElseThrow().dropped().orElseThrow()).isBetween(1L, 100L);
            assertThat(sender.socket().orElseThrow().dropped()).contains(0L);
        }
    }

    @Test
    void closingGivesThePortBack() throws Exception {
        UdpTransport first = UdpTransport.open(ANY_PORT, 2);
        first.start(() -> (from, buffer, length) -> {});
        InetSocketAddress address = Endpoints.toSocketAddress(first.localEndpoint());

        first.close();

        try (UdpTransport second = UdpTransport.open(address, 1)) {
            assertThat(second.localEndpoint()).isEqualTo(Endpoints.of(address));
        }
    }

    /** All threads are busy with a datagram each at the same time: none of them waits for another one. */
    @Test
    void threadsTakeDatagramsBesideEachOther() throws Exception {
        int threads = 3;
        CountDownLatch together = new CountDownLatch(threads);
        CountDownLatch done = new CountDownLatch(threads);
        try (UdpTransport transport = UdpTransport.open(ANY_PORT, threads)) {
            transport.start(() -> (from, buffer, length) -> {
                together.countDown();
                awaitUninterruptibly(together);
                done.countDown();
            });
            for (int i = 0; i < threads; i++) {
                transport.send(transport.localEndpoint(), new byte[1], 1);
            }
            assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
