package io.a2al.app;

import io.a2al.dht.transport.DatagramHandler;
import io.a2al.dht.transport.Transport;
import io.a2al.protocol.crypto.Ed25519;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.MalformedMessageException;
import io.a2al.protocol.message.MessageCodec;
import java.util.function.Supplier;

/**
 * Lets answers in, but no requests. A node enters the routing tables of others by answering their PING; one that leaves
 * after a second should not, as everybody who asked it later would wait in vain. Thread-safe.
 */
final class ClientTransport implements Transport {

    private final Transport inner;

    ClientTransport(Transport inner) {
        this.inner = inner;
    }

    @Override
    public void start(Supplier<DatagramHandler> handlers) {
        inner.start(() -> {
            DatagramHandler handler = handlers.get();
            MessageCodec codec = new MessageCodec(Ed25519.preferred().newVerifier());
            return (from, buffer, length) -> {
                if (!isRequest(codec, buffer, length)) {
                    handler.onDatagram(from, buffer, length);
                }
            };
        });
    }

    /** What is no message at all is left to the node to refuse and count. */
    private static boolean isRequest(MessageCodec codec, byte[] buffer, int length) {
        try {
            return !codec.decode(buffer, length).header().type().isResponse();
        } catch (MalformedMessageException notAMessage) {
            return false;
        }
    }

    @Override
    public boolean send(Endpoint to, byte[] datagram, int length) {
        return inner.send(to, datagram, length);
    }

    @Override
    public Endpoint localEndpoint() {
        return inner.localEndpoint();
    }

    @Override
    public void close() {
        inner.close();
    }
}
