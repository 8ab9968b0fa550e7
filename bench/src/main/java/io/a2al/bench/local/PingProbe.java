package io.a2al.bench.local;

import io.a2al.protocol.crypto.Ed25519;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.message.Header;
import io.a2al.protocol.message.MalformedMessageException;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.MessageCodec;
import io.a2al.protocol.message.MessageType;
import io.a2al.protocol.message.TransactionId;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Knocks at a node's door until it opens. It rests between two knocks, also when the system says at once that nobody is
 * there: otherwise it would take a whole core from the node that is just starting. Not thread-safe.
 */
final class PingProbe {

    /** How long it is from one PING to the next one, if no answer comes. */
    private static final int INTERVAL_MILLIS = 2;

    private final MessageCodec codec = new MessageCodec(Ed25519.preferred().newVerifier());
    private final byte[] ping;

    PingProbe() {
        SecureRandom random = new SecureRandom();
        Identity identity = Identity.generate(random);
        Message message = new Message.Ping(identity.address());
        int length =
                codec.encode(Header.of(message.type(), TransactionId.generate(random)), message, identity.newSigner());
        ping = Arrays.copyOf(codec.buffer(), length);
    }

    /** Pings until an answer comes; false if {@code hopeless} comes first. */
    boolean await(InetSocketAddress node, BooleanSupplier hopeless) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(node);
            socket.setSoTimeout(INTERVAL_MILLIS);
            DatagramPacket received = new DatagramPacket(new byte[2048], 2048);
            while (!hopeless.getAsBoolean()) {
                try {
                    socket.send(new DatagramPacket(ping, ping.length));
                    socket.receive(received);
                    if (isPong(received)) {
                        return true;
                    }
                } catch (SocketTimeoutException notAwake) {
                    // It has a socket, but does not read from it yet.
                } catch (PortUnreachableException nobodyThere) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(INTERVAL_MILLIS));
                }
            }
            return false;
        }
    }

    private boolean isPong(DatagramPacket received) {
        try {
            return codec.decode(received.getData(), received.getLength())
                            .header()
                            .type()
                    == MessageType.PONG;
        } catch (MalformedMessageException somethingElse) {
            return false;
        }
    }
}
