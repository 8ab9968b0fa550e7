package io.a2al.dht;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2al.dht.files.DataDirectory;
import io.a2al.dht.result.NodeClosedException;
import io.a2al.dht.result.PingResult;
import io.a2al.dht.transport.DatagramHandler;
import io.a2al.dht.transport.Endpoints;
import io.a2al.dht.transport.Transport;
import io.a2al.dht.transport.UdpTransport;
import io.a2al.protocol.message.Endpoint;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A build, a start or a close that fails leaves no socket, no thread and no lock. */
@Timeout(60)
class StartFailureTest {

    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);

    @TempDir
    private Path directory;

    private static DhtNodeBuilder builder(DataDirectory data) {
        return DhtNode.builder()
                .identity(TestNodes.identity("start"))
                .threads(2)
                .savedContacts(data.contactsFile())
                .seenPeers(data.seenPeersFile())
                .storeFile(data.storeFile());
    }

    /** Threads of nodes; virtual ones, which run callbacks, are not listed. */
    private static Set<Thread> threadsOfNodes() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("a2al-"))
                .collect(Collectors.toSet());
    }

    @Test
    void afterATakenPortTheSameDirectoryServesANodeOnAFreeOne() throws Exception {
        try (UdpTransport other = UdpTransport.open(ANY_PORT, 1)) {
            InetSocketAddress taken = Endpoints.toSocketAddress(other.localEndpoint());
            Set<Thread> before = threadsOfNodes();

            try (DataDirectory data = DataDirectory.open(directory)) {
                assertThatThrownBy(() -> builder(data).listen(taken).build())
                        .isInstanceOf(BindException.class)
                        .hasMessage("cannot listen on 127.0.0.1:" + taken.getPort()
                                + ": address already in use; stop the other program or choose another port");
            }
            assertThat(threadsOfNodes()).isEqualTo(before);

            try (DataDirectory data = DataDirectory.open(directory);
                    DhtNode node = builder(data).listen(ANY_PORT).build().start()) {
                assertThat(node.pingAsync(taken, Duration.ofMillis(1)).get())
                        .as("it works")
                        .isEqualTo(new PingResult.NoAnswer());
            }
            assertThat(threadsOfNodes()).isEqualTo(before);
        }
    }

    /** Nothing receives at this transport, but a real port is taken as long as it is open. */
    private static final class BrokenTransport implements Transport {

        private final UdpTransport socket;
        private final boolean starts;
        private final boolean closes;

        BrokenTransport(boolean starts, boolean closes) throws Exception {
            this.socket = UdpTransport.open(ANY_PORT, 1);
            this.starts = starts;
            this.closes = closes;
        }

        @Override
        public void start(Supplier<DatagramHandler> handlers) {
            if (!starts) {
                throw new IllegalStateException("no start, on purpose");
            }
        }

        @Override
        public boolean send(Endpoint to, byte[] datagram, int length) {
            return socket.send(to, datagram, length);
        }

        @Override
        public Endpoint localEndpoint() {
            return socket.localEndpoint();
        }

        @Override
        public void close() {
            socket.close();
            if (!closes) {
                throw new IllegalStateException("no close, on purpose");
            }
        }
    }

    private static void assertFree(Endpoint port) throws Exception {
        UdpTransport.open(Endpoints.toSocketAddress(port), 1).close();
    }

    @Test
    void aFailedBuildClosesTheTransport() throws Exception {
        BrokenTransport transport = new BrokenTransport(true, true);
        assertThatThrownBy(() -> DhtNode.builder()
                        .identity(TestNodes.identity("start"))
                        .transport(transport)
                        .time(() -> {
                            throw new IllegalStateException("no clock, on purpose");
                        })
                        .build())
                .hasMessage("no clock, on purpose");
        assertFree(transport.localEndpoint());
    }

    @Test
    void aFailedStartClosesTheNode() throws Exception {
        Set<Thread> before = threadsOfNodes();
        try (DataDirectory data = DataDirectory.open(directory)) {
            BrokenTransport transport = new BrokenTransport(false, true);
            DhtNode node = builder(data).transport(transport).build();

            assertThatThrownBy(node::start).hasMessage("no start, on purpose");

            assertFree(transport.localEndpoint());
            assertThat(threadsOfNodes()).isEqualTo(before);
            assertThatThrownBy(node::start).isInstanceOf(NodeClosedException.class);
            assertThatThrownBy(() -> node.bootstrap(List.of())).isInstanceOf(NodeClosedException.class);
            node.close();
        }
        DataDirectory.open(directory).close();
    }

    @Test
    void aCloseThatFailsTakesAllOtherSteps() throws Exception {
        Set<Thread> before = threadsOfNodes();
        try (DataDirectory data = DataDirectory.open(directory)) {
            BrokenTransport transport = new BrokenTransport(true, false);
            DhtNode node = builder(data).transport(transport).build().start();

            assertThatThrownBy(node::close).hasMessage("no close, on purpose");

            assertThat(threadsOfNodes()).isEqualTo(before);
            assertThat(data.seenPeersFile()).as("written at last").exists();
            node.close();
        }
    }
}
