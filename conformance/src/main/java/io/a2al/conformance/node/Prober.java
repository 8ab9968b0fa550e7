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
 * Our end of the conversation: members with sockets of their own, all served by one thread while it waits. Every socket
 * is connected to the node under test, so nothing can be sent elsewhere. Not thread-safe.
 */
final class Prober implements AutoCloseable {

    /** Larger than anything a node may send, to see if one does. */
    private static final int BUFFER = 65_536;

    /** A node with several threads may answer what comes next before it has taken in the answer to its PING. */
    private static final Duration TAKING_IN = Duration.ofMillis(100);

    private final InetSocketAddress node;
    private final ProbeSettings settings;
    private final SecureRandom random = new SecureRandom();
    private final MessageCodec codec = new MessageCodec(Ed25519.preferred().newVerifier());
    private final Selector selector;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    private long nextSendAt = System.nanoTime();

    /** For the node at this address, which must be resolved. */
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

    /** Unix seconds. */
    static long now() {
        return TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis());
    }

    // ---- members ----------------------------------------------------------------------------------------------

    /** A new identity at a new socket. */
    Member stranger() throws IOException {
        return memberOf(Identity.generate(random));
    }

    /** A new socket for an identity. */
    Member memberOf(Identity identity) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try {
            channel.connect(node);
            channel.configureBlocking(false);
            InetSocketAddress local = (InetSocketAddress) channel.getLocalAddress();
            Endpoint endpoint = Endpoint.of(local.getAddress().getAddress(), local.getPort())
                    .unmapped();
            Member member = new Member(identity, channel, endpoint);
            channel.register(selector, SelectionKey.OP_READ, member);
            return member;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** A new member that has answered a PING of the node's, if the node sends any. */
    Member resident() throws IOException {
        return introduce(stranger());
    }

    /** Lets the node know a member, and the member prove where it is. */
    Member introduce(Member member) throws IOException {
        member.answerPings();
        if (ask(member, new Message.Ping(member.identity().address())).isPresent()) {
            await(() -> member.pingsAnswered() > 0, settings.silence());
            await(() -> false, TAKING_IN);
        }
        return member;
    }

    // ---- sending ----------------------------------------------------------------------------------------------

    /** Sends bytes as they are. */
    void send(Member member, Bytes datagram) throws IOException {
        keepPace();
        transmit(member, datagram);
    }

    /** Sends a message. */
    TransactionId send(Member member, Message message) throws IOException {
        TransactionId transaction = TransactionId.generate(random);
        send(member, encode(member, transaction, message));
        return transaction;
    }

    /** The datagram of a message. */
    Bytes encode(Member member, TransactionId transaction, Message message) {
        return codec.encodeToBytes(Header.of(message.type(), transaction), message, member.signer());
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

    private static void transmit(Member member, Bytes datagram) throws IOException {
        try {
            member.channel().write(ByteBuffer.wrap(datagram.toArray()));
            member.sent(datagram.length());
        } catch (PortUnreachableException nobodyThere) {
            // An earlier datagram was refused; whether somebody answers is for the caller to see.
        }
    }

    // ---- asking -----------------------------------------------------------------------------------------------

    /** Sends a request until a signed answer with its transaction id comes; each attempt has a new one. */
    Optional<Arrival> ask(Member member, Message request) throws IOException {
        for (int attempt = 0; attempt < settings.attempts(); attempt++) {
            TransactionId transaction = send(member, request);
            Optional<Arrival> answer = answerTo(member, transaction);
            if (answer.isPresent()) {
                return answer;
            }
        }
        return Optional.empty();
    }

    /** Asks, and takes the answer if it is a {@code kind}. */
    <M extends Message> Optional<M> ask(Member member, Message request, Class<M> kind) throws IOException {
        return ask(member, request).flatMap(arrival -> arrival.message(kind));
    }

    /** Sends a datagram of ours until it is answered. */
    Optional<Arrival> ask(Member member, Bytes datagram, TransactionId transaction) throws IOException {
        for (int attempt = 0; attempt < settings.attempts(); attempt++) {
            send(member, datagram);
            Optional<Arrival> answer = answerTo(member, transaction);
            if (answer.isPresent()) {
                return answer;
            }
        }
        return Optional.empty();
    }

    private Optional<Arrival> answerTo(Member member, TransactionId transaction) throws IOException {
        return take(
                member,
                settings.timeout(),
                arrival -> arrival.verified()
                        && arrival.envelope().orElseThrow().header().type().isResponse()
                        && arrival.envelope().orElseThrow().transactionId().equals(transaction));
    }

    /** Waits for an arrival of this kind and takes it out of the others. */
    Optional<Arrival> take(Member member, Duration patience, Predicate<Arrival> wanted) throws IOException {
        await(() -> member.arrivals().stream().anyMatch(wanted), patience);
        for (Iterator<Arrival> all = member.arrivals().iterator(); all.hasNext(); ) {
            Arrival arrival = all.next();
            if (wanted.test(arrival)) {
                all.remove();
                return Optional.of(arrival);
            }
        }
        return Optional.empty();
    }

    /** Serves all sockets as long as silence is listened to. */
    void listen() throws IOException {
        await(() -> false, settings.silence());
    }

    /** Serves all sockets until something is so, or for some time. */
    boolean await(BooleanSupplier done, Duration patience) throws IOException {
        long until = System.nanoTime() + patience.toNanos();
        while (!done.getAsBoolean()) {
            long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
            if (left <= 0) {
                return false;
            }
            selector.select(key -> receive((Member) key.attachment()), left);
            if (Thread.interrupted()) {
                throw new InterruptedIOException("interrupted");
            }
        }
        return true;
    }

    private void receive(Member member) {
        try {
            buffer.clear();
            while (member.channel().receive(buffer) != null) {
                Arrival arrival = read(Bytes.copyOfRange(buffer.array(), 0, buffer.position()));
                member.arrived(arrival);
                if (member.isAnsweringPings()) {
                    answerPing(member, arrival);
                }
                buffer.clear();
            }
        } catch (IOException unreachable) {
            // Nobody there, as the checks will see.
        }
    }

    private void answerPing(Member member, Arrival arrival) throws IOException {
        if (arrival.message(Message.Ping.class).isPresent()) {
            TransactionId transaction = arrival.envelope().orElseThrow().transactionId();
            Endpoint observed = Endpoint.of(node.getAddress().getAddress(), node.getPort());
            transmit(
                    member,
                    encode(
                            member,
                            transaction,
                            new Message.Pong(member.identity().address(), observed)));
            member.pingAnswered();
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
