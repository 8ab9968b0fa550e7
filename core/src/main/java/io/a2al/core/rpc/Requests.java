package io.a2al.core.rpc;

import io.a2al.core.api.AddressFamilies;
import io.a2al.core.api.Failure;
import io.a2al.core.api.Input;
import io.a2al.core.liveness.FailureDetector;
import io.a2al.core.liveness.PeerHealth;
import io.a2al.core.liveness.RoundTrip;
import io.a2al.core.time.Clockwork;
import io.a2al.core.time.NodeTime;
import io.a2al.core.time.TimerName;
import io.a2al.core.time.Timers;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Envelope;
import io.a2al.protocol.message.Header;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.MessageType;
import io.a2al.protocol.message.TransactionId;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Our requests to peers: sends, repeats, matches answers. An answer proves which node is at the address that was asked,
 * because it carries our fresh transaction id under the peer's signature; that is passed on to the {@code Witness}.
 * What a timeout means is up to {@link FailureDetector}. Not thread-safe.
 */
public final class Requests {

    private record Waiting(MessageType type, ReplyHandler replies, Timers.Timer timer) {}

    private final RequestSettings settings;
    private final PeerHealth health;
    private final PeerVersions generations;
    private final RandomGenerator random;
    private final Timers timers;
    private final Outbox outbox;
    private final RequestPadding padding;
    private final PendingRequests<Waiting> pending;
    private final AddressTokens tokens;
    private final FailureDetector failures;
    private AddressListener addresses = AddressListener.NONE;
    private AddressFamilies families = AddressFamilies.BOTH;

    private final RequestCounts counts = new RequestCounts();

    public Requests(
            RequestSettings settings,
            PeerHealth health,
            PeerVersions generations,
            Clockwork clockwork,
            Outbox outbox,
            RequestPadding padding,
            FailureDetector failures) {
        this.settings = settings;
        this.health = health;
        this.generations = generations;
        this.random = clockwork.random();
        this.timers = clockwork.timers();
        this.outbox = outbox;
        this.padding = padding;
        this.failures = failures;
        this.pending = new PendingRequests<>(settings.maxPending());
        this.tokens = new AddressTokens(clockwork.random());
    }

    /** Subscribes to what is learnt about addresses; there is one listener. */
    public void subscribe(AddressListener listener) {
        addresses = listener;
    }

    /** Tells for which address families there is a socket; contacts of others are not asked. */
    public void setFamilies(AddressFamilies value) {
        families = value;
    }

    private boolean isHopeless(NodeTime now, Endpoint address) {
        return !families.includes(address) || addresses.isHopeless(now, address);
    }

    /** Returns how long a request may take unless its caller chooses otherwise. */
    public Duration timeout() {
        return settings.timeout();
    }

    /** Asks a known node, with the usual timeout; returns false also if it is known to be out of reach. */
    public boolean ask(NodeTime now, Contact node, Message request, ReplyHandler handler) {
        return !isHopeless(now, node.endpoint())
                && ask(now, node.endpoint(), Optional.of(node.nodeId()), request, settings.timeout(), handler);
    }

    /**
     * Asks the node at an address.
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
        if (form.isEmpty() || !request.fits() || !handler.mayAttempt(now)) {
            return false;
        }
        TransactionId id = TransactionId.generate(random);
        Timers.Timer timer =
                timers.create(TimerName.REQUEST, later -> pending.find(id).ifPresent(due -> onTimer(later, due)));
        PendingRequest<Waiting> rpc = new PendingRequest<>(
                id,
                to,
                expected,
                form.get(),
                now.nanos(),
                now.nanos() + timeout.toNanos(),
                new Waiting(request.type(), handler, timer));
        if (!pending.add(rpc)) {
            return false;
        }
        failures.onRequest(now, expected);
        attempt(now, rpc);
        return true;
    }

    /**
     * Sends a node a question, once and as it is: one that it may not understand, or one to a node that is probably
     * gone. A timeout says nothing about the node; an answer shows that it understands (known-defects D-46).
     *
     * @return false if nothing was sent; the handler is then not called
     */
    public boolean tryOnce(NodeTime now, Contact node, Message question, ReplyHandler handler) {
        TransactionId id = TransactionId.generate(random);
        Timers.Timer timer =
                timers.create(TimerName.REQUEST, later -> pending.find(id).ifPresent(due -> onOnlyTimer(later, due)));
        long deadline = now.nanos() + settings.timeout().toNanos();
        PendingRequest<Waiting> rpc = new PendingRequest<>(
                id,
                node.endpoint(),
                Optional.of(node.nodeId()),
                question,
                now.nanos(),
                deadline,
                new Waiting(question.type(), handler, timer));
        if (isHopeless(now, node.endpoint()) || !pending.add(rpc)) {
            return false;
        }
        outbox.send(rpc.to(), rpc.transactionId(), question);
        rpc.countAttempt();
        timer.set(deadline);
        return true;
    }

    /**
     * Sends a PING that takes no place among the requests under way, and is not repeated. A node that answers is
     * verified at its address; no answer says nothing.
     */
    public void askForToken(NodeTime now, Endpoint to, Message.Ping ping) {
        outbox.send(to, tokens.issue(now, to), ping);
    }

    private void onOnlyTimer(NodeTime now, PendingRequest<Waiting> rpc) {
        pending.remove(rpc);
        counts.count(rpc.handler().type(), RequestOutcome.TRIAL_TIMED_OUT);
        rpc.handler().replies().onFailure(now, Failure.TIMEOUT);
    }

    private void attempt(NodeTime now, PendingRequest<Waiting> rpc) {
        boolean padded = false;
        if (rpc.attempts() == 0 || rpc.handler().replies().mayAttempt(now)) {
            int length = rpc.expected()
                    .map(node -> padding.lengthFor(now, node, rpc.request(), isNew(node)))
                    .orElse(0);
            padded = outbox.send(now, rpc.to(), rpc.transactionId(), rpc.request(), length);
        }
        RoundTrip roundTrip =
                rpc.expected().map(health::roundTripOf).orElseGet(() -> health.formerRoundTripTo(rpc.to()));
        rpc.countAttempt(padded);
        rpc.handler().timer().set(rpc.nextActionAt(now.nanos(), settings.retry(), roundTrip));
    }

    private void onTimer(NodeTime now, PendingRequest<Waiting> rpc) {
        boolean over = now.nanos() - rpc.deadline() >= 0;
        if (rpc.begunExtended() && (rpc.fallBack() || over)) {
            // The peer does not understand the newer protocol version after all, or not this message (D-46).
            rpc.expected().ifPresent(generations::forget);
        }
        if (over) {
            giveUp(now, rpc);
        } else {
            attempt(now, rpc);
        }
    }

    private void giveUp(NodeTime now, PendingRequest<Waiting> rpc) {
        pending.remove(rpc);
        Failure failure = failures.onTimeout(now, rpc);
        boolean timedOut = failure == Failure.TIMEOUT;
        counts.count(rpc.handler().type(), timedOut ? RequestOutcome.TIMED_OUT : RequestOutcome.EXCUSED);
        if (timedOut) {
            addresses.onTimeout(now, rpc.to());
        }
        rpc.handler().replies().onFailure(now, failure);
    }

    /** Returns true while no peer answers, so that our own network is doubted. */
    public boolean isOutageSuspected() {
        return failures.isOutageSuspected();
    }

    /** Returns true if any peer answered after this time, in nanoseconds. */
    public boolean isAnsweredSince(long time) {
        return failures.isAnsweredSince(time);
    }

    /** Notes that the shell could not send the latest attempt of a request. */
    public void onUnsent(TransactionId transactionId) {
        pending.find(transactionId).ifPresent(PendingRequest::noteUnsent);
    }

    /** Ends the request with this handler, which is not called then. A late answer to it is not admitted. */
    public void abandon(ReplyHandler handler) {
        pending.removeIf(waiting -> {
            boolean meant = waiting.replies().equals(handler);
            if (meant) {
                waiting.timer().cancel();
                counts.count(waiting.type(), RequestOutcome.ABANDONED);
            }
            return meant;
        });
    }

    /** Returns true if a request is under way that such a message from there answers. */
    public boolean awaits(Endpoint from, Header header) {
        return pending.match(header.transactionId(), header.type(), from).isPresent();
    }

    /** Returns true for an answer to {@link #askForToken} from there. */
    public boolean carriesToken(NodeTime now, Endpoint from, Header header) {
        return header.type() == MessageType.PONG && tokens.isValid(now, from, header.transactionId());
    }

    /** Takes a response whose signature holds; an unsolicited one is ignored. */
    public void onResponse(NodeTime now, Input.Received received) {
        Envelope envelope = received.envelope();
        Optional<PendingRequest<Waiting>> match =
                pending.match(envelope.transactionId(), envelope.header().type(), received.from());
        if (match.isEmpty()) {
            if (carriesToken(now, received.from(), envelope.header())) {
                noteAnswer(now, envelope, envelope.senderAt(received.from().unmapped()));
            }
            return;
        }
        PendingRequest<Waiting> rpc = match.get();
        pending.remove(rpc);
        rpc.handler().timer().cancel();
        Contact node = envelope.senderAt(rpc.to());
        long roundTrip = now.nanos() - rpc.startedAt();
        boolean full = rpc.isPadded() || padding.isVerifiedAt(node.nodeId(), rpc.startedAt());
        if (rpc.attempts() == 1 && !rpc.isPadded()) {
            padding.onAnswer(node.nodeId(), rpc.startedAt(), envelope.message(), isNew(node.nodeId()));
        }
        if (rpc.attempts() == 1) {
            health.measured(node.nodeId(), roundTrip);
        } else {
            health.measuredAtMost(node.nodeId(), roundTrip);
        }
        noteAnswer(now, envelope, node);
        addresses.onAnswer(now, node, envelope.message());
        generations.observe(node.nodeId(), rpc.request());
        Optional<NodeId> missing = rpc.expected().filter(expected -> !expected.equals(node.nodeId()));
        counts.count(
                rpc.handler().type(), missing.isPresent() ? RequestOutcome.OTHER_IDENTITY : RequestOutcome.ANSWERED);
        if (missing.isPresent()) {
            failures.onOtherIdentity(now, missing.get());
            rpc.handler().replies().onFailure(now, Failure.OTHER_IDENTITY);
        } else {
            counts.countDuration(rpc.handler().type(), roundTrip);
            rpc.handler()
                    .replies()
                    .onReply(
                            now, new ReplyHandler.Reply(node, envelope.message(), received.records(), roundTrip, full));
        }
    }

    private boolean isNew(NodeId node) {
        return !health.roundTripOf(node).isKnown();
    }

    private void noteAnswer(NodeTime now, Envelope envelope, Contact node) {
        if (envelope.header().isOfClient()) {
            failures.onClientAnswer(now, node);
        } else {
            failures.onAnswer(now, node);
        }
    }

    /** Returns the numbers about requests. */
    public RequestStatistics statistics() {
        return new RequestStatistics(
                pending.occupancy(),
                generations.occupancy(),
                counts.total(RequestOutcome.ANSWERED) + counts.total(RequestOutcome.OTHER_IDENTITY),
                counts.total(RequestOutcome.TIMED_OUT),
                counts.total(RequestOutcome.EXCUSED),
                counts.outcomes(),
                counts.durations(),
                health.medianRoundTrip(0),
                failures.statistics());
    }
}
