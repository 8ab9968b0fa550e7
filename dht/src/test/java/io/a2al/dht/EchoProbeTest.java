package io.a2al.dht;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.DropReason;
import io.a2al.dht.transport.Endpoints;
import io.a2al.dht.transport.MemoryNetwork;
import io.a2al.dht.transport.Transport;
import io.a2al.protocol.Bytes;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Echo probes on their way through a node (known-defects D-06). */
@Timeout(60)
class EchoProbeTest {

    private final MemoryNetwork network = new MemoryNetwork();
    private final BlockingQueue<Bytes> received = new LinkedBlockingQueue<>();

    private DhtNode start(boolean echoing) throws IOException {
        DhtNodeBuilder builder =
                DhtNode.builder().identity(TestNodes.identity("echo")).transport(network.newTransport());
        return (echoing ? builder.echoProbe() : builder).build().start();
    }

    private Transport prober() {
        Transport prober = network.newTransport();
        prober.start(() -> (from, buffer, length) -> received.add(Bytes.copyOfRange(buffer, 0, length)));
        return prober;
    }

    private static void send(Transport from, DhtNode to, String bytes) {
        byte[] datagram = Bytes.fromHex(bytes).toArray();
        from.send(to.localEndpoint(), datagram, datagram.length);
    }

    @Test
    void d06_eachProbeComesBackOnceIfTheNodeIsToldTo() throws Exception {
        try (DhtNode node = start(true);
                Transport prober = prober()) {
            send(prober, node, "00ec0102");
            send(prober, node, "00ec0102");
            send(prober, node, "00ed0102");
            send(prober, node, "00ec03");

            assertThat(received.poll(30, TimeUnit.SECONDS)).isEqualTo(Bytes.fromHex("00ec0102"));
            assertThat(received.poll(30, TimeUnit.SECONDS)).isEqualTo(Bytes.fromHex("00ec03"));
            assertThat(node.traffic().dropped())
                    .containsEntry(DropReason.ECHO_PROBE, 3L)
                    .containsEntry(DropReason.MALFORMED, 1L);
            assertThat(node.statistics().guard().echoesSent()).isEqualTo(2);
            assertThat(node.statistics().guard().echoesRefused()).isEqualTo(1);
        }
    }

    @Test
    void d06_noProbeComesBackOtherwise() throws Exception {
        try (DhtNode node = start(false);
                Transport prober = prober();
                DhtNode asker = DhtNode.builder()
                        .identity(TestNodes.identity("asker"))
                        .transport(network.newTransport())
                        .build()
                        .start()) {
            send(prober, node, "00ec0102");
            // One thread receives, so that the probe has been handled when the PING is answered.
            asker.ping(Endpoints.toSocketAddress(node.localEndpoint()));

            assertThat(node.statistics().guard().echoesRefused()).isEqualTo(1);
            assertThat(node.statistics().guard().echoesSent()).isZero();
            assertThat(received).isEmpty();
        }
    }
}
