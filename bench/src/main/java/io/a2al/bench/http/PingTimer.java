package io.a2al.bench.http;

import io.a2al.bench.load.Latencies;
import io.a2al.protocol.crypto.Ed25519;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.crypto.Signer;
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
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends a PING every {@value #INTERVAL_MILLIS} ms and measures how long its answer takes. It sleeps in between, so that
 * it takes nothing from the node. Not thread-safe.
 */
final class PingTimer implements AutoCloseable {

    private static final int INTERVAL_MILLIS = 10;
    private static final int TIMEOUT_MILLIS = 1000;

    private final SecureRandom random = new SecureRandom();
    private final Identity identity = Identity.generate(random);
    private final Signer signer = identity.newSigner();
    private final MessageCodec codec = new MessageCodec(Ed25519.preferred().newVerifier());
    private final DatagramSocket socket;

    /** PINGs to this node. */
    PingTimer(InetSocketAddress node) throws IOException {
        socket = new DatagramSocket();
        socket.connect(node);
        socket.setSoTimeout(TIMEOUT_MILLIS);
    }

    /** Sends PINGs for this long, and blocks meanwhile. */
    HttpLoadReport.Pings run(Duration duration) throws IOException {
        Latencies latencies = new Latencies();
        long lost = 0;
        long start = System.nanoTime();
        long due = start;
        while (due - start < duration.toNanos()) {
            TransactionId id = TransactionId.generate(random);
            Message ping = new Message.Ping(identity.address());
            int length = codec.encode(Header.of(ping.type(), id), ping, signer);
            byte[] datagram = Arrays.copyOf(codec.buffer(), length);
            LockSupport.parkNanos(due - System.nanoTime());
            long sent = System.nanoTime();
            if (isAnswered(datagram, id)) {
                latencies.add(System.nanoTime() - sent);
            } else {
                lost++;
            }
            due = Math.max(due + TimeUnit.MILLISECONDS.toNanos(INTERVAL_MILLIS), System.nanoTime());
        }
        return new HttpLoadReport.Pings(latencies.count(), lost, latencies.quantile(0.5), latencies.quantile(0.99));
    }

    private boolean isAnswered(byte[] datagram, TransactionId id) throws IOException {
        DatagramPacket received = new DatagramPacket(new byte[2048], 2048);
        try {
            socket.send(new DatagramPacket(datagram, datagram.length));
            do {
                socket.receive(received);
            } while (!isPong(received, id));
            return true;
        } catch (SocketTimeoutException | PortUnreachableException notAnswered) {
            return false;
        }
    }

    /** The node also sends PINGs to new senders, which this one does not answer. */
    private boolean isPong(DatagramPacket received, TransactionId id) {
        try {
            Header header =
                    codec.decode(received.getData(), received.getLength()).header();
            return header.type() == MessageType.PONG && header.transactionId().equals(id);
        } catch (MalformedMessageException otherDatagram) {
            return false;
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
