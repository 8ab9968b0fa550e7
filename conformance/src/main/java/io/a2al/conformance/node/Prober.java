package io.a2al.conformance.node;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Ed25519;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Envelope;
import io.a2al.protocol.message.Header;
import io.a2al.protocol.message.MalformedMessageException;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.MessageCodec;
import io.a2al.protocol.message.TransactionId;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * Sends datagrams to the node under test and receives its datagrams. Each {@link ProbePeer} has a socket of its own.
 * The calling thread serves all sockets while it waits. Every socket is connected to the node, so that nothing can be
 * sent to another address. Not thread-safe.
 */
final class Prober implements AutoCloseable {

    /** Bytes; larger than any UDP datagram, so that a datagram over the limit of the protocol is detected. */
    private static final int BUFFER = 65_536;

    /**
     * Time that the node has for processing the answer to its PING. A node with several threads may otherwise answer
     * the next request first.
     */
    private static final Duration PROCESSING_TIME = Duration.ofMillis(100);

    private final InetSocketAddress node;
    private final ProbeSettings settings;
    private final SecureRandom random = new SecureRandom();
    private final MessageCodec codec = new MessageCodec(Ed25519.preferred().newVerifier());
    private final Selector selector;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    private long nextSendAt = System.nanoTime();

    /**
     * Opens a prober without peers.
     *
     * @param node the address of the node under test, which must be resolved
     */
    Prober(InetSocketAddress node, ProbeSettings settings) throws IOException {
        this.node = node;
        this.settings = settings;
        this.selector = Selector.open();
    }

    ProbeSettings settings() {
        return settings;
    }

    SecureRandom random() {
        return random;
    }

    /** Returns the current time in Unix seconds. */
    static long now() {
        return TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis());
    }

    // ---- peers ------------------------------------------------------------------------------------------------

    /** Returns a peer with a new identity and a new socket, of which the node knows nothing. */
    ProbePeer newPeer() throws IOException {
        return newPeer(Identity.generate(random));
    }

    /** Returns a peer with the given identity and a new socket. */
    ProbePeer newPeer(Identity identity) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try {
            channel.connect(node);
            channel.configureBlocking(false);
            InetSocketAddress local = (InetSocketAddress) channel.getLocalAddress();
            Endpoint endpoint = Endpoint.of(local.getAddress().getAddress(), local.getPort())
                    .unmapped();
            ProbePeer peer = new ProbePeer(identity, channel, endpoint);
            channel.register(selector, SelectionKey.OP_READ, peer);
            return peer;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Returns a new peer that the node knows, see {@link #introduce}. */
    ProbePeer introducedPeer() throws IOException {
        return introduce(newPeer());
    }

    /**
     * Sends a PING of the peer to the node and answers the PING that the node sends in return, if any, so that the node
     * knows the peer and has verified its address.
     *
     * @return {@code peer}
     */
    ProbePeer introduce(ProbePeer peer) throws IOException {
        peer.answerPings();
        if (ask(peer, new Message.Ping(peer.identity().address())).isPresent()) {
            await(() -> peer.pingsAnswered() > 0, settings.listenTime());
            await(() -> false, PROCESSING_TIME);
        }
        return peer;
    }

    // ---- sending ----------------------------------------------------------------------------------------------

    /** Sends a datagram unchanged. Waits first if the rate limit requires it. */
    void send(ProbePeer peer, Bytes datagram) throws IOException {
        keepPace();
        transmit(peer, datagram);
    }

    /** Sends a message with a new transaction id, which is returned. */
    TransactionId send(ProbePeer peer, Message message) throws IOException {
        TransactionId transaction = TransactionId.generate(random);
        send(peer, encode(peer, transaction, message));
        return transaction;
    }

    /** Encodes and signs a message of {@code peer}. */
    Bytes encode(ProbePeer peer, TransactionId transaction, Message message) {
        return codec.encodeToBytes(Header.of(message.type(), transaction), message, peer.signer());
    }

    private void keepPace() throws IOException {
        if (settings.requestsPerSecond() > 0) {
            long pause = nextSendAt - System.nanoTime();
            if (pause > 0) {
                await(() -> false, Duration.ofNanos(pause));
            }
            nextSendAt = System.nanoTime() + TimeUnit.SECONDS.toNanos(1) / settings.requestsPerSecond();
        }
    }

    private static void transmit(ProbePeer peer, Bytes datagram) throws IOException {
        try {
            peer.channel().write(ByteBuffer.wrap(datagram.toArray()));
            peer.sent(datagram.length());
        } catch (PortUnreachableException ignored) {
            // This reports that an earlier datagram was rejected. The caller will see that no answer comes.
        }
    }

    // ---- requests ---------------------------------------------------------------------------------------------

    /**
     * Sends a request until an answer with its transaction id and a valid signature comes, at most as often as the
     * settings say. Each attempt has a new transaction id.
     */
    Optional<Arrival> ask(ProbePeer peer, Message request) throws IOException {
        for (int attempt = 0; attempt < settings.attempts(); attempt++) {
            TransactionId transaction = send(peer, request);
            Optional<Arrival> answer = answerTo(peer, transaction);
            if (answer.isPresent()) {
                return answer;
            }
        }
        return Optional.empty();
    }

    /**
     * Sends a request as {@link #ask(ProbePeer, Message)} does, and returns the answer if it is of type {@code kind}.
     */
    <M extends Message> Optional<M> ask(ProbePeer peer, Message request, Class<M> kind) throws IOException {
        return ask(peer, request).flatMap(arrival -> arrival.message(kind));
    }

    /** Sends a request in encoded form, unchanged, until it is answered, at most as often as the settings say. */
    Optional<Arrival> ask(ProbePeer peer, Bytes datagram, TransactionId transaction) throws IOException {
        for (int attempt = 0; attempt < settings.attempts(); attempt++) {
            send(peer, datagram);
            Optional<Arrival> answer = answerTo(peer, transaction);
            if (answer.isPresent()) {
                return answer;
            }
        }
        return Optional.empty();
    }

    private Optional<Arrival> answerTo(ProbePeer peer, TransactionId transaction) throws IOException {
        return take(
                peer,
                settings.timeout(),
                arrival -> arrival.verified()
                        && arrival.envelope().orElseThrow().header().type().isResponse()
                        && arrival.envelope().orElseThrow().transactionId().equals(transaction));
    }

    /** Waits until {@code peer} has an arrival that matches, removes it from the peer's arrivals and returns it. */
    Optional<Arrival> take(ProbePeer peer, Duration timeout, Predicate<Arrival> wanted) throws IOException {
        await(() -> peer.arrivals().stream().anyMatch(wanted), timeout);
        for (Iterator<Arrival> all = peer.arrivals().iterator(); all.hasNext(); ) {
            Arrival arrival = all.next();
            if (wanted.test(arrival)) {
                all.remove();
                return Optional.of(arrival);
            }
        }
        return Optional.empty();
    }

    /** Serves all sockets for the listen time of the settings. */
    void listen() throws IOException {
        await(() -> false, settings.listenTime());
    }

    /**
     * Serves all sockets until {@code done} returns true or the timeout has elapsed.
     *
     * @return false if the timeout has elapsed
     */
    boolean await(BooleanSupplier done, Duration timeout) throws IOException {
        long until = System.nanoTime() + timeout.toNanos();
        while (!done.getAsBoolean()) {
            long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
            if (left <= 0) {
                return false;
            }
            selector.select(key -> receive((ProbePeer) key.attachment()), left);
            if (Thread.interrupted()) {
                throw new InterruptedIOException("interrupted");
            }
        }
        return true;
    }

    private void receive(ProbePeer peer) {
        try {
            buffer.clear();
            while (peer.channel().receive(buffer) != null) {
                Arrival arrival = read(Bytes.copyOfRange(buffer.array(), 0, buffer.position()));
                peer.arrived(arrival);
                if (peer.isAnsweringPings()) {
                    answerPing(peer, arrival);
                }
                buffer.clear();
            }
        } catch (IOException unreachable) {
            // The port is not reachable. The checks will see that no answer comes.
        }
    }

    private void answerPing(ProbePeer peer, Arrival arrival) throws IOException {
        if (arrival.message(Message.Ping.class).isPresent()) {
            TransactionId transaction = arrival.envelope().orElseThrow().transactionId();
            Endpoint observed = Endpoint.of(node.getAddress().getAddress(), node.getPort());
            transmit(
                    peer,
                    encode(peer, transaction, new Message.Pong(peer.identity().address(), observed)));
            peer.pingAnswered();
        }
    }

    private Arrival read(Bytes datagram) {
        try {
            Envelope envelope = codec.decode(datagram.toArray(), datagram.length());
            return new Arrival(datagram, Optional.of(envelope), codec.verify(envelope));
        } catch (MalformedMessageException e) {
            return new Arrival(datagram, Optional.empty(), false);
        }
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
