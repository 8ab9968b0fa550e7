package io.a2al.core.testing;

import io.a2al.core.NodeCore;
import io.a2al.core.NodeSettings;
import io.a2al.core.api.Admission;
import io.a2al.core.api.Command;
import io.a2al.core.api.Effect;
import io.a2al.core.api.Input;
import io.a2al.core.api.Outcome;
import io.a2al.core.time.ShellTime;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Envelope;
import io.a2al.protocol.message.Header;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.MessageCodec;
import io.a2al.protocol.message.TransactionId;
import io.a2al.protocol.record.VerifiedRecord;
import io.a2al.protocol.testing.Fixtures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** One node, stepped by hand. The test plays all other nodes. */
public final class SoloNode {

    /**
     * Another node: its key, and the address of its datagrams. The key has no secret, because nothing is signed here.
     */
    public record Peer(Bytes key, Contact contact) {

        public NodeId id() {
            return contact.nodeId();
        }

        public Endpoint endpoint() {
            return contact.endpoint();
        }

        /** Returns the same identity at another address. */
        public Peer at(Endpoint other) {
            return new Peer(key, contact.at(other));
        }
    }

    public static final Identity SELF = Fixtures.A;

    private final SplittableRandom random = new SplittableRandom(4121);
    private final NodeCore core;
    private long nanos;
    private long unixSeconds = VirtualNetwork.START_SECONDS;
    private int peers;

    public SoloNode() {
        this(NodeSettings.DEFAULT);
    }

    public SoloNode(NodeSettings settings) {
        this(settings, -Duration.ofDays(3).toNanos(), new SplittableRandom(1));
    }

    /** Creates a node with another source of randomness. */
    public SoloNode(NodeSettings settings, RandomGenerator nodeRandom) {
        this(settings, -Duration.ofDays(3).toNanos(), nodeRandom);
    }

    /** Creates a node whose machine's monotonic clock shows this many nanoseconds at the start. */
    public SoloNode(NodeSettings settings, long startNanos) {
        this(settings, startNanos, new SplittableRandom(1));
    }

    private SoloNode(NodeSettings settings, long startNanos, RandomGenerator nodeRandom) {
        nanos = startNanos;
        core = new NodeCore(settings, SELF.address(), nodeRandom, now());
    }

    public NodeCore core() {
        return core;
    }

    public ShellTime now() {
        return new ShellTime(nanos, unixSeconds);
    }

    // ---- others -----------------------------------------------------------------------------------------------

    /** Returns a new peer in 10/8. */
    public Peer newPeer() {
        return newPeer(VirtualNetwork.privateEndpoint(++peers));
    }

    /** Returns a new peer with a public address. */
    public Peer newPublicPeer() {
        return newPeer(VirtualNetwork.publicEndpoint(++peers));
    }

    public Peer newPeer(Endpoint endpoint) {
        Bytes key = Fixtures.random(random, 32);
        Header unused = Header.of(new Message.FindNode(NodeId.ZERO).type(), newTransaction());
        return new Peer(
                key, Envelope.of(unused, new Message.FindNode(NodeId.ZERO), key).senderAt(endpoint));
    }

    /** Returns a new peer that shares exactly {@code bits} leading bits with the node. */
    public Peer newPeerInBucket(int bits) {
        Peer peer = newPeer();
        while (SELF.nodeId().commonPrefixLength(peer.id()) != bits) {
            peer = newPeer(peer.endpoint());
        }
        return peer;
    }

    public TransactionId newTransaction() {
        return TransactionId.generate(random);
    }

    // ---- inputs -----------------------------------------------------------------------------------------------

    /** Passes a request from a peer to the node. */
    public List<Effect> request(Peer from, Message message, VerifiedRecord... records) {
        return receive(from, from.endpoint(), newTransaction(), message, records);
    }

    /** Passes a PING from a peer to the node. */
    public List<Effect> pingFrom(Peer from) {
        return request(from, new Message.Ping(from.contact().address()));
    }

    /** Returns whether a datagram with this header is admitted; counts as one datagram. */
    public boolean isAdmitted(Peer from, Header header) {
        return admission(from, header) == Admission.ADMITTED;
    }

    /** Returns the admission of a datagram with this header; counts as one datagram. */
    public Admission admission(Peer from, Header header) {
        Envelope envelope = Envelope.of(header, new Message.Ping(from.contact().address()), from.key());
        return core.admit(now(), from.endpoint(), envelope);
    }

    /** Passes a request that is padded to {@code length} bytes from a peer to the node. */
    public List<Effect> paddedRequest(Peer from, Message message, int length) {
        Envelope envelope = Envelope.of(Header.of(message.type(), newTransaction()), message, from.key());
        return core.handle(now(), new Input.Received(from.endpoint(), envelope, length, List.of()));
    }

    /** Passes any message from any peer to the node. */
    public List<Effect> receive(
            Peer from, Endpoint source, TransactionId transactionId, Message message, VerifiedRecord... records) {
        Envelope envelope = Envelope.of(Header.of(message.type(), transactionId), message, from.key());
        return core.handle(
                now(), new Input.Received(source, envelope, MessageCodec.encodedLength(message), List.of(records)));
    }

    /** Answers a request of the node from the address that was asked. */
    public List<Effect> answer(Peer from, Effect.Send request, Message answer, VerifiedRecord... records) {
        return receive(from, request.to(), request.transactionId(), answer, records);
    }

    /** Answers a PING of the node. */
    public List<Effect> pong(Peer from, Effect.Send ping) {
        return answer(from, ping, new Message.Pong(from.contact().address(), VirtualNetwork.privateEndpoint(999_999)));
    }

    /** Answers a PING of the node, as a node in client mode. */
    public List<Effect> clientPong(Peer from, Effect.Send ping) {
        Message pong = new Message.Pong(from.contact().address(), VirtualNetwork.privateEndpoint(999_999));
        Header header = Header.of(pong.type(), ping.transactionId()).ofClient();
        return core.handle(
                now(),
                new Input.Received(
                        ping.to(), Envelope.of(header, pong, from.key()), MessageCodec.encodedLength(pong), List.of()));
    }

    public List<Effect> submit(long operation, Command command) {
        return core.handle(now(), new Input.Submit(operation, command));
    }

    /** Lets time pass, with a tick whenever one is due. */
    public List<Effect> advance(Duration duration) {
        List<Effect> effects = new ArrayList<>();
        long until = nanos + duration.toNanos();
        long secondsAtStart = unixSeconds;
        long start = nanos;
        while (core.nextDeadline() <= until) {
            nanos = Math.max(nanos, core.nextDeadline());
            unixSeconds = secondsAtStart + Duration.ofNanos(nanos - start).toSeconds();
            effects.addAll(core.handle(now(), new Input.Tick()));
        }
        nanos = until;
        unixSeconds = secondsAtStart + duration.toSeconds();
        return effects;
    }

    /** Lets the machine sleep: time passes on both clocks or on one, without a tick. */
    public void sleep(Duration onMonotonicClock, Duration onWallClock) {
        nanos += onMonotonicClock.toNanos();
        unixSeconds += onWallClock.toSeconds();
    }

    /** Calls the node, as after a sleep. */
    public List<Effect> tick() {
        return core.handle(now(), new Input.Tick());
    }

    /** Makes a peer a verified contact: it sends a PING, is sent one, and answers. */
    public void befriend(Peer peer) {
        Effect.Send ping = pingsTo(pingFrom(peer), peer.endpoint()).getFirst();
        pong(peer, ping);
        if (!core.contacts().contains(peer.contact())) {
            throw new AssertionError("not in the table: " + peer);
        }
    }

    // ---- effects ----------------------------------------------------------------------------------------------

    public static List<Effect.Send> sends(List<Effect> effects) {
        return effects.stream()
                .filter(Effect.Send.class::isInstance)
                .map(Effect.Send.class::cast)
                .toList();
    }

    public static List<Effect.Send> sends(List<Effect> effects, Predicate<Message> wanted) {
        return sends(effects).stream()
                .filter(send -> wanted.test(send.message()))
                .toList();
    }

    public static List<Effect.Send> pings(List<Effect> effects) {
        return sends(effects, Message.Ping.class::isInstance);
    }

    public static List<Effect.Send> pingsTo(List<Effect> effects, Endpoint to) {
        return pings(effects).stream().filter(send -> send.to().equals(to)).toList();
    }

    public static List<Outcome> outcomes(List<Effect> effects) {
        return effects.stream()
                .filter(Effect.Complete.class::isInstance)
                .map(effect -> ((Effect.Complete) effect).outcome())
                .toList();
    }
}
