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
import java.io.InterruptedIOException;
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
 * Sends PINGs to a starting node until it answers. It pauses between two PINGs, even if the operating system
 * immediately reports an unreachable port; otherwise it would use a whole core, which the starting node needs. Not
 * thread-safe.
 */
final class PingProbe {

    /** Time between two PINGs without an answer, in milliseconds. */
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

    /**
     * Sends PINGs until a PONG comes, or {@code giveUp} returns true. Returns true if a PONG came.
     *
     * @throws InterruptedIOException if the thread is interrupted
     */
    boolean await(InetSocketAddress node, BooleanSupplier giveUp) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(node);
            socket.setSoTimeout(INTERVAL_MILLIS);
            DatagramPacket received = new DatagramPacket(new byte[2048], 2048);
            while (!giveUp.getAsBoolean()) {
                if (Thread.interrupted()) {
                    throw new InterruptedIOException("interrupted");
                }
                try {
                    socket.send(new DatagramPacket(ping, ping.length));
                    socket.receive(received);
                    if (isPong(received)) {
                        return true;
                    }
                } catch (SocketTimeoutException notReading) {
                    // The node has opened its socket but does not read from it yet.
                } catch (PortUnreachableException noSocket) {
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
        } catch (MalformedMessageException otherDatagram) {
            return false;
        }
    }
}
