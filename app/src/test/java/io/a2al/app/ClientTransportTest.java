package io.a2al.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.dht.transport.DatagramHandler;
import io.a2al.dht.transport.Transport;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.message.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ClientTransportTest {

    private static final Endpoint ENDPOINT = Endpoint.of(new byte[] {127, 0, 0, 1}, 4121);

    /** Hands over what the test says was received. */
    private static final class Wire implements Transport {

        private final List<Bytes> sent = new ArrayList<>();
        private DatagramHandler handler = (from, buffer, length) -> {};
        private boolean closed;

        @Override
        public void start(Supplier<DatagramHandler> handlers) {
            handler = handlers.get();
        }

        @Override
        public boolean send(Endpoint to, byte[] datagram, int length) {
            return sent.add(Bytes.copyOfRange(datagram, 0, length));
        }

        @Override
        public Endpoint localEndpoint() {
            return ENDPOINT;
        }

        @Override
        public void close() {
            closed = true;
        }

        private void receive(String hex) {
            byte[] datagram = Bytes.fromHex(hex).toArray();
            handler.onDatagram(ENDPOINT, datagram, datagram.length);
        }
    }

    @Test
    void answersPassAndRequestsDoNot() {
        Wire wire = new Wire();
        List<Bytes> passed = new ArrayList<>();
        new ClientTransport(wire)
                .start(() -> (from, buffer, length) -> passed.add(Bytes.copyOfRange(buffer, 0, length)));

        wire.receive(Packets.PING);
        wire.receive(Packets.PONG);
        wire.receive(Packets.STORE);
        wire.receive("00");

        assertThat(passed).containsExactly(Bytes.fromHex(Packets.PONG), Bytes.fromHex("00"));
    }

    @Test
    void everythingElseIsTheInnerTransports() {
        Wire wire = new Wire();
        ClientTransport client = new ClientTransport(wire);

        assertThat(client.send(ENDPOINT, new byte[] {1, 2, 3}, 2)).isTrue();
        assertThat(client.localEndpoint()).isEqualTo(ENDPOINT);
        client.close();

        assertThat(wire.sent).containsExactly(Bytes.fromHex("0102"));
        assertThat(wire.closed).isTrue();
    }
}
