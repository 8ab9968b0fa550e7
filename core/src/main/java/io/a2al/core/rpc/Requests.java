package io.a2al.core.rpc;

import io.a2al.core.api.Failure;
import io.a2al.core.api.Input;
import io.a2al.core.liveness.FailureDetector;
import io.a2al.core.liveness.PeerHealth;
import io.a2al.core.liveness.RoundTrip;
import io.a2al.core.time.NodeTime;
import io.a2al.core.time.Timers;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Envelope;
import io.a2al.protocol.message.Header;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.TransactionId;
import io.a2al.protocol.record.SignedRecord;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Our requests to others: sends, repeats, matches answers. An answer proves who is at the address that was asked,
 * because it carries our fresh transaction id under the peer's signature; that is passed on to the {@link Witness}.
 * What silence means is up to {@link FailureDetector}. Not thread-safe.
 */
public final class Requests {

    /** Learns from requests who is where. */
    public interface Witness {

        /** The node answered at this endpoint. */
        void proven(NodeTime now, Contact contact);

        /** The node did not answer, or is not there any more. */
        void failed(NodeTime now, NodeId nodeId);

        /** The node did not answer a question that it may be unable to answer; perhaps it is there all the same. */
        void questionable(NodeTime now, NodeId nodeId);
    }

    /** Learns from requests which addresses are within reach. */
    public interface AddressWatch {

        /** The node gave this answer, from the endpoint that was asked. */
        void answered(NodeTime now, Contact node, Message answer);

        /** Nobody answered there. */
        void silent(NodeTime now, Endpoint address);

        /** True if it is known that nobody is going to answer there. */
        boolean isHopeless(NodeTime now, Endpoint address);
    }

    private final RequestSettings settings;
    private final PeerHealth health;
    private final PeerVersions generations;
    private final RandomGenerator random;
    private final Timers timers;
    private final Outbox outbox;
    private final PendingRequests<ReplyHandler> pending;
    private final FailureDetector blame;
    private final AddressWatch addresses;

    private long answered;
    private long timedOut;
    private long excused;

    public Requests(
            RequestSettings settings,
            PeerHealth health,
            PeerVersions generations,
            RandomGenerator random,
            Timers timers,
            Outbox outbox,
            FailureDetector blame,
            AddressWatch addresses) {
        this.settings = settings;
        this.health = health;
        this.generations = generations;
        this.random = random;
        this.timers = timers;
        this.outbox = outbox;
        this.blame = blame;
        this.addresses = addresses;
        this.pending = new PendingRequests<>(settings.maxPending());
    }

    /** Returns how long a request may take unless its caller chooses otherwise. */
    public Duration timeout() {
        return settings.timeout();
    }

    /** Asks a known node, within the usual time; false also if it is known to be out of reach. */
    public boolean ask(NodeTime now, Contact node, Message request, ReplyHandler handler) {
        return !addresses.isHopeless(now, node.endpoint())
                && ask(now, node.endpoint(), Optional.of(node.nodeId()), request, settings.timeout(), handler);
    }

    /**
     * Asks whoever is at an address.
     *
     * @return false if nothing was sent because of a limit of our own, or because no datagram can hold it; the handler
     *     is then not called
     */
    public boolean ask(
            NodeTime now,
            Endpoint to,
            Optional<NodeId> expected,
            Message request,
            Duration timeout,
            ReplyHandler handler) {
        Optional<Message> form = generations.formFor(expected, request);
        if (form.isEmpty() || !fitsDatagram(request) || !handler.mayAttempt(now)) {
            return false;
        }
        PendingRequest<ReplyHandler> rpc = new PendingRequest<>(
                TransactionId.generate(random),
                to,
                expected,
                form.get(),
                now.nanos(),
                now.nanos() + timeout.toNanos(),
                handler);
        if (!pending.add(rpc)) {
            return false;
        }
        blame.asked(now, expected);
        attempt(now, rpc);
        return true;
    }

    /**
     * Sends a node a question that it may not understand, once and as it is. Silence means nothing and is not held
     * against it; an answer shows that it understands (known-defects D-46).
     *
     * @return false if nothing was sent; the handler is then not called
     */
    public boolean tryOnce(NodeTime now, Contact node, Message question, ReplyHandler handler) {
        long deadline = now.nanos() + settings.timeout().toNanos();
        PendingRequest<ReplyHandler> rpc = new PendingRequest<>(
                TransactionId.generate(random),
                node.endpoint(),
                Optional.of(node.nodeId()),
                question,
                now.nanos(),
                deadline,
                handler);
        if (addresses.isHopeless(now, node.endpoint()) || !pending.add(rpc)) {
            return false;
        }
        outbox.send(rpc.to(), rpc.transactionId(), question);
        timers.schedule(deadline, later -> {
            if (pending.remove(rpc)) {
                handler.onFailure(later, Failure.TIMEOUT);
            }
        });
        return true;
    }

    /** Records are the only part of a request that others determine the length of. */
    private static boolean fitsDatagram(Message request) {
        return !(request instanceof Message.Store(SignedRecord record, Optional<NodeId> wireKey))
                || record.encodedLength()
                        <= (wireKey.isPresent()
                                ? Message.Store.MAX_RECORD_WITH_KEY
                                : Message.Store.MAX_RECORD_WITHOUT_KEY);
    }

    private void attempt(NodeTime now, PendingRequest<ReplyHandler> rpc) {
        if (rpc.attempts() == 0 || rpc.handler().mayAttempt(now)) {
            outbox.send(rpc.to(), rpc.transactionId(), rpc.request());
        }
        RoundTrip roundTrip = rpc.expected().map(health::roundTripOf).orElseGet(RoundTrip::new);
        long next = rpc.countAttempt(now.nanos(), settings.retry(), roundTrip);
        timers.schedule(next, later -> onTimer(later, rpc), () -> pending.contains(rpc));
    }

    private void onTimer(NodeTime now, PendingRequest<ReplyHandler> rpc) {
        if (!pending.contains(rpc)) {
            return;
        }
        boolean over = now.nanos() - rpc.deadline() >= 0;
        if (rpc.begunExtended() && (rpc.fallBack() || over)) {
            // What the peer has shown of the newer generation does not hold, or not here (known-defects D-46).
            rpc.expected().ifPresent(generations::forget);
        }
        if (over) {
            giveUp(now, rpc);
        } else {
            attempt(now, rpc);
        }
    }

    private void giveUp(NodeTime now, PendingRequest<ReplyHandler> rpc) {
        pending.remove(rpc);
        Failure failure = blame.silent(now, rpc);
        if (failure == Failure.TIMEOUT) {
            timedOut++;
            addresses.silent(now, rpc.to());
        } else {
            excused++;
        }
        rpc.handler().onFailure(now, failure);
    }

    /** The shell could not send the latest attempt of a request. */
    public void onUnsent(TransactionId transactionId) {
        pending.find(transactionId).ifPresent(PendingRequest::noteUnsent);
    }

    /** True if a request is under way that such a message from there answers. */
    public boolean awaits(Endpoint from, Header header) {
        return pending.match(header.transactionId(), header.type(), from).isPresent();
    }

    /** Takes a response whose signature holds; one that nobody asked for is ignored. */
    public void onResponse(NodeTime now, Input.Received received) {
        Envelope envelope = received.envelope();
        Optional<PendingRequest<ReplyHandler>> match =
                pending.match(envelope.transactionId(), envelope.header().type(), received.from());
        if (match.isEmpty()) {
            return;
        }
        PendingRequest<ReplyHandler> rpc = match.get();
        pending.remove(rpc);
        answered++;
        Contact node = envelope.senderAt(rpc.to());
        long roundTrip = now.nanos() - rpc.startedAt();
        if (rpc.attempts() == 1) {
            health.measured(node.nodeId(), roundTrip);
        } else {
            health.measuredAtMost(node.nodeId(), roundTrip);
        }
        blame.answered(now, node);
        addresses.answered(now, node, envelope.message());
        generations.observe(node.nodeId(), rpc.request());
        Optional<NodeId> missing = rpc.expected().filter(expected -> !expected.equals(node.nodeId()));
        if (missing.isPresent()) {
            blame.gone(now, missing.get());
            rpc.handler().onFailure(now, Failure.OTHER_IDENTITY);
        } else {
            rpc.handler().onReply(now, new ReplyHandler.Reply(node, envelope.message(), received.records(), roundTrip));
        }
    }

    /** Numbers about requests. */
    public RequestStatistics statistics() {
        return new RequestStatistics(
                pending.occupancy(),
                generations.occupancy(),
                answered,
                timedOut,
                excused,
                health.medianRoundTrip(0),
                blame.statistics());
    }
}
