package io.a2al.dht.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.message.Endpoint;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On Linux, where all of 127/8 leads to this machine and the system tells which of its addresses was asked. */
@Timeout(60)
@EnabledOnOs(OS.LINUX)
class WildcardSocketsTest {

    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(0);

    /** The test lists the addresses itself. */
    private static final Duration NEVER = Duration.ofDays(1);

    /** Long enough for the slowest machine; only a lost datagram ever waits for it. */
    private static final int PATIENCE_MILLIS = 30_000;

    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong nanos = new AtomicLong(-5_000_000_000L);
    private volatile List<InetAddress> addresses = List.of();
    private WildcardSockets sockets;
    private DatagramSocket client;

    @BeforeEach
    void open() throws IOException {
        sockets = WildcardSockets.open(ANY_PORT, () -> addresses, NEVER, nanos::get);
        client = new DatagramSocket(0);
        client.setSoTimeout(PATIENCE_MILLIS);
    }

    @AfterEach
    void close() {
        client.close();
        sockets.close();
        threads.forEach(Threads::joinUninterruptibly);
    }

    private void list(String... ips) {
        addresses = ips(ips);
        sockets.refresh();
    }

    private static List<InetAddress> ips(String... ips) {
        return List.of(ips).stream().map(InetAddress::ofLiteral).toList();
    }

    private void receive(int threadCount, DatagramHandler handler) {
        for (int i = 0; i < threadCount; i++) {
            threads.add(Thread.ofPlatform().start(() -> sockets.receive(new byte[2048], handler)));
        }
    }

    private void echo() {
        receive(2, (from, buffer, length) -> sockets.answer(from, buffer, length));
    }

    private int port() {
        return sockets.local().port();
    }

    private void ask(String ip, int... bytes) throws IOException {
        byte[] datagram = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            datagram[i] = (byte) bytes[i];
        }
        client.send(new DatagramPacket(datagram, datagram.length, InetAddress.ofLiteral(ip), port()));
    }

    /** Waits for the next datagram and returns its source. */
    private InetSocketAddress answerFrom() throws IOException {
        DatagramPacket answer = new DatagramPacket(new byte[16], 16);
        client.receive(answer);
        return (InetSocketAddress) answer.getSocketAddress();
    }

    private InetSocketAddress at(String ip) {
        return new InetSocketAddress(InetAddress.ofLiteral(ip), port());
    }

    private Endpoint clientAt(String ip) {
        return Endpoints.of(new InetSocketAddress(InetAddress.ofLiteral(ip), client.getLocalPort()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.2", "127.0.0.3", "::1"})
    void aListedAddressAnswersItself(String ip) throws Exception {
        list(ip);
        assertThat(sockets.sockets()).isEqualTo(1);
        echo();

        ask(ip, 1);

        assertThat(answerFrom()).isEqualTo(at(ip));
        assertThat(sockets.sockets()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.2", "127.1.2.3", "::1"})
    void anAddressThatIsNotListedAnswersItselfToo(String ip) throws Exception {
        echo();

        ask(ip, 1);
        assertThat(answerFrom()).isEqualTo(at(ip));
        ask(ip, 2);
        assertThat(answerFrom()).isEqualTo(at(ip));

        assertThat(sockets.sockets()).isEqualTo(1);
    }

    /** Some addresses are listed and some are not; the handler defers answers as a node does. */
    @Test
    void eachOfManyAnswersLeavesFromWhereItWasAsked() throws Exception {
        list("127.0.0.1", "127.0.0.2", "::1");
        List<String> asked = List.of("127.0.0.1", "127.0.0.2", "127.0.0.3", "127.0.0.4", "::1");
        for (int i = 0; i < 3; i++) {
            receive(1, new Deferring());
        }

        for (int round = 0; round < 200; round++) {
            for (int i = 0; i < asked.size(); i++) {
                ask(asked.get(i), i);
            }
            for (int i = 0; i < asked.size(); i++) {
                DatagramPacket answer = new DatagramPacket(new byte[16], 16);
                client.receive(answer);
                assertThat(answer.getSocketAddress()).isEqualTo(at(asked.get(answer.getData()[0])));
            }
        }
    }

    private final class Deferring implements DatagramHandler {

        private final List<Datagram> deferred = new ArrayList<>();

        @Override
        public void onDatagram(Endpoint from, byte[] buffer, int length) {
            deferred.add(new Datagram(from, Bytes.copyOfRange(buffer, 0, length)));
        }

        @Override
        public void onDrained() {
            deferred.forEach(datagram -> sockets.answer(
                    datagram.from(),
                    datagram.bytes().toArray(),
                    datagram.bytes().length()));
            deferred.clear();
        }
    }

    @Test
    void addressesComeAndGo() throws Exception {
        list("127.0.0.2");
        echo();
        ask("127.0.0.2", 1);
        assertThat(answerFrom()).isEqualTo(at("127.0.0.2"));

        list("127.0.0.2", "127.0.0.3");
        assertThat(sockets.sockets()).isEqualTo(2);
        ask("127.0.0.3", 1);
        assertThat(answerFrom()).isEqualTo(at("127.0.0.3"));

        list("127.0.0.2");
        assertThat(sockets.sockets()).isEqualTo(1);
        ask("127.0.0.2", 1);
        assertThat(answerFrom()).isEqualTo(at("127.0.0.2"));

        list();
        assertThat(sockets.sockets()).isZero();
        do {
            // The system lets go of a closed socket when the waiting thread has looked again.
            list("127.0.0.2", "127.0.0.3");
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        } while (sockets.sockets() < 2);
        ask("127.0.0.3", 1);
        assertThat(answerFrom()).isEqualTo(at("127.0.0.3"));
    }

    @Test
    void anAddressThatWasAskedBeforeItWasListedKeepsItsSocketUntilItIsGone() throws Exception {
        echo();
        ask("127.0.0.2", 1);
        assertThat(answerFrom()).isEqualTo(at("127.0.0.2"));

        list("127.0.0.2");
        assertThat(sockets.sockets()).isEqualTo(1);
        list("127.0.0.3");
        assertThat(sockets.sockets()).isEqualTo(1);
    }

    @Test
    void addressesAreListedAtIntervals() throws Exception {
        Semaphore calls = new Semaphore(0);
        LocalAddresses counted = () -> {
            List<InetAddress> present = addresses;
            calls.release();
            return present;
        };
        try (WildcardSockets following = WildcardSockets.open(ANY_PORT, counted, Duration.ofMillis(1), nanos::get)) {
            assertThat(following.sockets()).isZero();

            addresses = ips("127.0.0.2", "127.0.0.3");
            calls.drainPermits();
            // The first may have begun before; when the third begins, the second is over.
            assertThat(calls.tryAcquire(3, 30, TimeUnit.SECONDS)).isTrue();

            assertThat(following.sockets()).isEqualTo(2);
        }
    }

    @Test
    void theSocketsStayWhenTheAddressesCannotBeListed() throws Exception {
        List<Exception> failures = List.of(new IOException("on purpose"), new IllegalStateException("on purpose"));
        List<Exception> left = new ArrayList<>();
        LocalAddresses failing = () -> {
            if (left.isEmpty()) {
                return ips("127.0.0.2");
            }
            if (left.removeFirst() instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException("on purpose");
        };
        try (WildcardSockets some = WildcardSockets.open(ANY_PORT, failing, NEVER, nanos::get)) {
            left.addAll(failures);

            some.refresh();
            some.refresh();

            assertThat(left).isEmpty();
            assertThat(some.sockets()).isEqualTo(1);
        }
    }

    @Test
    void anAddressThatCannotBeBoundIsLeftToTheOthers() throws Exception {
        list("203.0.113.7", "0.0.0.0", "224.0.0.1", "::", "127.0.0.2");
        assertThat(sockets.sockets()).isEqualTo(1);
        echo();

        ask("127.0.0.2", 1);

        assertThat(answerFrom()).isEqualTo(at("127.0.0.2"));
    }

    @Test
    void theNumberOfSocketsIsBounded() throws Exception {
        addresses = IntStream.range(0, AddressSockets.MOST_LISTED + 10)
                .mapToObj(i -> InetAddress.ofLiteral("127.2." + i / 250 + "." + (1 + i % 250)))
                .toList();
        sockets.refresh();
        assertThat(sockets.sockets()).isEqualTo(AddressSockets.MOST_LISTED);
        echo();

        for (int i = 0; i < AddressSockets.MOST_FOUND + 10; i++) {
            ask("127.0.1." + (1 + i), 1);
            assertThat(answerFrom()).isEqualTo(at("127.0.1." + (1 + i)));
        }
        ask("127.0.1.1", 1);
        assertThat(answerFrom()).isEqualTo(at("127.0.1.1"));

        assertThat(sockets.sockets()).isEqualTo(AddressSockets.MOST_LISTED + AddressSockets.MOST_FOUND);
    }

    /** All of 127/8 is routed to this machine, as a prefix can be; a stranger asks at one address after the other. */
    @Test
    void aStrangerOpensSocketsAtALimitedRate() throws Exception {
        list("127.0.0.1");
        echo();
        for (int i = 0; i < OpeningRate.BURST; i++) {
            ask("127.0.2." + (1 + i), 1);
            assertThat(answerFrom()).isEqualTo(at("127.0.2." + (1 + i)));
        }
        int open = sockets.sockets();

        ask("127.0.3.1", 1);
        assertThat(answerFrom())
                .as("answered, from the address that the system chooses")
                .isNotEqualTo(at("127.0.3.1"));
        assertThat(sockets.sockets()).isEqualTo(open);
        ask("127.0.2." + OpeningRate.BURST, 1);
        assertThat(answerFrom()).as("what is open stays").isEqualTo(at("127.0.2." + OpeningRate.BURST));

        nanos.addAndGet(OpeningRate.PER_SOCKET.toNanos());
        ask("127.0.3.2", 1);
        assertThat(answerFrom()).isEqualTo(at("127.0.3.2"));
        ask("127.0.3.3", 1);
        assertThat(answerFrom()).isNotEqualTo(at("127.0.3.3"));
    }

    /** The machine's own addresses are not a stranger's choice. */
    @Test
    void listedAddressesTakeNothingFromTheRate() throws Exception {
        addresses = IntStream.range(0, OpeningRate.BURST + 10)
                .mapToObj(i -> InetAddress.ofLiteral("127.2.0." + (1 + i)))
                .toList();
        sockets.refresh();
        assertThat(sockets.sockets()).isEqualTo(OpeningRate.BURST + 10);
        echo();

        ask("127.0.3.1", 1);

        assertThat(answerFrom()).isEqualTo(at("127.0.3.1"));
    }

    /** Sockets of this process may share the port, but no other program can take datagrams away. */
    @Test
    void noOtherSocketCanShareThePort() throws Exception {
        list("127.0.0.1", "::1");
        for (String ip : List.of("0.0.0.0", "::", "127.0.0.1", "127.0.0.9", "::1")) {
            try (DatagramChannel other = DatagramChannel.open()) {
                other.setOption(StandardSocketOptions.SO_REUSEADDR, true);
                assertThatThrownBy(() -> other.bind(at(ip))).isInstanceOf(BindException.class);
            }
        }
    }

    /** All datagrams are there before the only thread begins. */
    @Test
    void aBusySocketDoesNotKeepTheThreadFromOthers() throws Exception {
        list("127.0.0.2", "127.0.0.3");
        for (int i = 0; i < 200; i++) {
            ask("127.0.0.2", 2);
        }
        ask("127.0.0.3", 3);
        BlockingQueue<Integer> received = new LinkedBlockingQueue<>();

        receive(1, (from, buffer, length) -> received.add((int) buffer[0]));

        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < 201; i++) {
            order.add(received.poll(30, TimeUnit.SECONDS));
        }
        assertThat(order.indexOf(3)).isLessThan(100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.7", "::1"})
    void theNodesOwnRequestsAreSentAndAnswered(String ip) throws Exception {
        list("127.0.0.1", "::1");
        BlockingQueue<Endpoint> received = new LinkedBlockingQueue<>();
        receive(1, (from, buffer, length) -> received.add(from));

        assertThat(sockets.send(clientAt(ip), new byte[1], 1)).isTrue();
        InetSocketAddress source = answerFrom();
        client.send(new DatagramPacket(new byte[1], 1, source));

        assertThat(source.getPort()).isEqualTo(port());
        assertThat(received.poll(30, TimeUnit.SECONDS).port()).isEqualTo(client.getLocalPort());
    }

    /** A firewall before the asker lets it pass only from there. */
    @Test
    void aRequestToThePeerThatAsksLeavesFromTheAddressThatItAsked() throws Exception {
        receive(1, (from, buffer, length) -> {
            sockets.send(from, buffer, length);
            sockets.send(clientAt("::1"), buffer, length);
        });

        ask("127.0.0.2", 1);

        assertThat(List.of(answerFrom(), answerFrom())).containsExactlyInAnyOrder(at("127.0.0.2"), at("::1"));
        assertThat(sockets.sendErrors()).isZero();
    }

    @Test
    void whatCannotBeSentIsCounted() {
        assertThat(sockets.send(clientAt("127.0.0.1").withPort(0), new byte[1], 1))
                .isFalse();
        assertThat(sockets.answer(clientAt("127.0.0.1").withPort(0), new byte[1], 1))
                .isFalse();
        assertThat(sockets.sendErrors()).isEqualTo(2);
    }

    /** No thread receives, so that the buffer must become full, however large it is. */
    @Test
    void dropsOfAllSocketsAreCountedAlsoOfClosedOnes() throws Exception {
        list("127.0.0.2");
        byte[] large = new byte[60_000];
        for (int i = 0; i < 100; i++) {
            client.send(new DatagramPacket(large, large.length, at("127.0.0.2")));
        }
        long dropped = sockets.statistics().dropped().orElseThrow();
        assertThat(dropped).isBetween(1L, 100L);

        list();

        assertThat(sockets.statistics().dropped()).contains(dropped);
    }

    @Test
    void closingEndsTheThreadsAndGivesThePortBack() throws Exception {
        list("127.0.0.1", "127.0.0.2", "::1");
        echo();
        ask("127.0.0.3", 1);
        assertThat(answerFrom()).isEqualTo(at("127.0.0.3"));

        sockets.close();
        sockets.close();
        threads.forEach(Threads::joinUninterruptibly);
        sockets.refresh();

        assertThat(sockets.sockets()).isZero();
        assertThat(sockets.send(clientAt("127.0.0.1"), new byte[1], 1)).isFalse();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("a2al-addresses-" + port()));
        for (String ip : List.of("127.0.0.1", "127.0.0.3", "::1", "::")) {
            UdpChannel.open(at(ip)).close();
        }
    }

    @Test
    void aTransportOnAllAddressesAnswersLikewise() throws Exception {
        try (UdpTransport transport = UdpTransport.open(ANY_PORT, 2)) {
            transport.start(() -> (from, buffer, length) -> transport.answer(from, buffer, length));
            for (String ip : List.of("127.0.0.1", "127.0.0.2", "::1")) {
                InetSocketAddress asked = new InetSocketAddress(
                        InetAddress.ofLiteral(ip), transport.localEndpoint().port());
                client.send(new DatagramPacket(new byte[1], 1, asked));
                assertThat(answerFrom()).isEqualTo(asked);
            }
        }
    }

    /** The thread that receives is not the one that answers. */
    @Test
    void aSharedTransportOnAllAddressesAnswersLikewise() throws Exception {
        try (SharedUdpTransport shared = SharedUdpTransport.open(ANY_PORT, 1)) {
            shared.node().start(() -> new DatagramHandler() {

                private final List<Endpoint> deferred = new ArrayList<>();

                @Override
                public void onDatagram(Endpoint from, byte[] buffer, int length) {
                    deferred.add(from);
                }

                @Override
                public void onDrained() {
                    deferred.forEach(from -> shared.node().answer(from, new byte[1], 1));
                    deferred.clear();
                }
            });
            List<InetSocketAddress> asked = List.of("127.0.0.1", "127.0.0.2", "::1", "127.0.0.3").stream()
                    .map(ip -> new InetSocketAddress(
                            InetAddress.ofLiteral(ip),
                            shared.node().localEndpoint().port()))
                    .toList();

            for (int round = 0; round < 50; round++) {
                for (InetSocketAddress each : asked) {
                    client.send(new DatagramPacket(new byte[1], 1, each));
                }
                List<InetSocketAddress> answered = new ArrayList<>();
                for (int i = 0; i < asked.size(); i++) {
                    answered.add(answerFrom());
                }
                assertThat(answered).containsExactlyInAnyOrderElementsOf(asked);
            }
        }
    }
}
