package io.a2al.conformance.node;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Ed25519;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Envelope;
import io.a2al.protocol.message.Header;
import io.a2al.protocol.message.MalformedMessageException;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.MessageCodec;
import io.a2al.protocol.message.TransactionId;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.Topics;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Sends datagrams to the node under test and receives its datagrams. Each {@link ProbePeer} has a socket of its own.
 * Not thread-safe.
 */
final class Prober implements AutoCloseable {

    /**
     * Time that the node has for processing the answer to its PING. A node with several threads may otherwise answer
     * the next request first.
     */
    private static final Duration PROCESSING_TIME = Duration.ofMillis(100);

    private final ProbeNetwork network;
    private final ProbeSettings settings;
    private final SecureRandom random = new SecureRandom();
    private final MessageCodec codec = new MessageCodec(Ed25519.preferred().newVerifier());
    private long nextSendAt;

    /** A prober without peers. It closes the network. */
    Prober(ProbeNetwork network, ProbeSettings settings) {
        this.network = network;
        this.settings = settings;
        this.nextSendAt = network.nanoTime();
    }

    /** Returns true if the node is at a loopback address, for which nodes have exceptions. */
    boolean isOnLoopback() {
        return network.node().scope() == Endpoint.Scope.LOOPBACK;
    }

    ProbeSettings settings() {
        return settings;
    }

    SecureRandom random() {
        return random;
    }

    /** Returns the current time in Unix seconds. */
    long now() {
        return network.unixSeconds();
    }

    // ---- peers ------------------------------------------------------------------------------------------------

    /** Returns a peer with a new identity and a new socket, of which the node knows nothing. */
    ProbePeer newPeer() throws IOException {
        return newPeer(Identity.generate(random));
    }

    /** Returns a peer with the given identity and a new socket. */
    ProbePeer newPeer(Identity identity) throws IOException {
        Inbox inbox = new Inbox();
        ProbePeer peer = new ProbePeer(identity, network.open(inbox));
        inbox.peer = Optional.of(peer);
        return peer;
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

    /**
     * Returns a new peer whose address the node has verified, if it verifies addresses. A node that has no place for
     * another contact may send a PING only when its answer to an unverified address does not fit.
     */
    ProbePeer verifiedPeer() throws IOException {
        ProbePeer peer = introducedPeer();
        for (int i = 0; i < settings.attempts() && peer.pingsAnswered() == 0; i++) {
            Message.FindValue question = new Message.FindValue(keyOfLongAnswer(), 0, false);
            if (ask(peer, question).isPresent() && await(() -> peer.pingsAnswered() > 0, settings.listenTime())) {
                pause(PROCESSING_TIME);
            }
        }
        return peer;
    }

    /** Stores records at a topic that are together longer than three times a request for them. */
    private NodeId keyOfLongAnswer() throws IOException {
        String topic = "conformance/" + Samples.key(random).toHex();
        NodeId key = Topics.keyOf(topic);
        ProbePeer publisher = newPeer();
        for (int i = 0; i < 2; i++) {
            SignedRecord entry = Samples.topic(Identity.generate(random), topic, "x".repeat(140), now());
            Optional<Arrival> _ = ask(publisher, new Message.Store(entry, Optional.of(key)));
        }
        return key;
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
            long pause = nextSendAt - network.nanoTime();
            if (pause > 0) {
                await(() -> false, Duration.ofNanos(pause));
            }
            nextSendAt = network.nanoTime() + TimeUnit.SECONDS.toNanos(1) / settings.requestsPerSecond();
        }
    }

    private void transmit(ProbePeer peer, Bytes datagram) throws IOException {
        peer.socket().send(datagram);
        peer.sent(datagram.length());
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
        return network.await(done, timeout);
    }

    /** Serves all sockets for this long. */
    void pause(Duration time) throws IOException {
        await(() -> false, time);
    }

    /** Takes what arrives for a peer. */
    private final class Inbox implements Consumer<Bytes> {

        /** Set before anything can arrive. */
        private Optional<ProbePeer> peer = Optional.empty();

        @Override
        public void accept(Bytes datagram) {
            Arrival arrival = read(datagram);
            ProbePeer receiver = peer.orElseThrow();
            receiver.arrived(arrival);
            if (receiver.isAnsweringPings()) {
                try {
                    answer(receiver, arrival);
                } catch (IOException unreachable) {
                    // The checks will see that no answer comes.
                }
            }
        }
    }

    /**
     * Answers a PING, and takes a record: a node that holds records offers them to newcomers, and may count one that
     * does not answer that as dead.
     */
    private void answer(ProbePeer peer, Arrival arrival) throws IOException {
        if (arrival.message(Message.Ping.class).isPresent()) {
            answer(peer, arrival, new Message.Pong(peer.identity().address(), network.node()));
            peer.pingAnswered();
        } else if (arrival.message(Message.Store.class).isPresent()) {
            answer(peer, arrival, Message.StoreResponse.of(true));
        }
    }

    private void answer(ProbePeer peer, Arrival request, Message message) throws IOException {
        TransactionId transaction = request.envelope().orElseThrow().transactionId();
        transmit(peer, encode(peer, transaction, message));
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
        network.close();
    }
}
