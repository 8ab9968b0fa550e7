package io.a2al.core.guard;

import io.a2al.core.api.Admission;
import io.a2al.core.bounds.NetworkLevel;
import io.a2al.core.statistics.EnumCounts;
import io.a2al.core.time.NodeTime;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.MessageMeter;
import io.a2al.protocol.message.TransactionId;
import java.util.function.Predicate;

/**
 * Protects the node from senders of too many requests, and protects other machines from what unverified senders would
 * make the node send (known-defects D-04). A node is verified at an address while a recent answer of it to a request of
 * ours came from there. Hazards and the answers to them:
 *
 * <ul>
 *   <li><b>Floods</b> of requests, each of which costs two signature operations: {@link #admitRequest} limits them
 *       before any signature is checked, by source, by network and in total.
 *   <li><b>Amplification:</b> an unverified address is sent at most three times the bytes that came from there, PINGs
 *       that verify it included ({@link RequestVerdict}).
 *   <li><b>Steering:</b> an address that peers reported, and that has not answered yet, is asked a few times only
 *       ({@link #mayAsk}), however many peers report it and however often.
 * </ul>
 *
 * A request passes through here three times: {@link #admitRequest} looks at its source before its signature is checked,
 * {@link #isReplayed} at its transaction id before anything is learnt from it, and {@link #judge} decides everything
 * else once, when it is handled. All memory is allocated at the start or bounded. Not thread-safe.
 */
public final class Guard {

    private final GuardSettings settings;
    private final RequestRates rates;
    private final AmplificationLimit amplification;
    private final RateSketch reported;
    private final EchoProbes echoes;
    private final RecentRequests repeats;
    private final MessageMeter meter = new MessageMeter();

    private final EnumCounts<Admission> admissions = new EnumCounts<>(Admission.class);

    private long repliesShortened;
    private long repliesWithheld;
    private long pingsWithheld;
    private long hearsayWithheld;
    private long replays;

    /**
     * Creates a guard that has seen nothing yet.
     *
     * @param seed unpredictable in production
     */
    public Guard(GuardSettings settings, long seed, NodeTime now) {
        this.settings = settings;
        this.rates = new RequestRates(settings.rates(), seed, now.nanos());
        this.amplification = new AmplificationLimit(settings.replies());
        this.repeats = new RecentRequests(settings.replies().maxRequests());
        this.reported = new RateSketch(settings.hearsay(), settings.hearsayBuckets(), seed, now.nanos());
        this.echoes = new EchoProbes(settings.echoes(), seed, now.nanos());
    }

    // ---- what comes in ----------------------------------------------------------------------------------------

    /** Counts an admission and returns it. */
    public Admission count(Admission admission) {
        admissions.count(admission);
        return admission;
    }

    /** Returns whether a request keeps to the rates, and charges it to them. To be called once per datagram. */
    public Admission admitRequest(NodeTime now, Endpoint from) {
        return settings.isExempt(from)
                ? Admission.ADMITTED
                : rates.admit(from, !amplification.isVerified(from.unmapped(), now.nanos()), now.nanos());
    }

    /**
     * Takes a request whose signature holds and returns what is decided about it.
     *
     * @param length of the datagram in bytes
     * @param isContact true if the sender is a contact of the routing table at this address, which verifies it
     */
    public RequestVerdict judge(NodeTime now, Endpoint from, NodeId sender, int length, boolean isContact) {
        Endpoint source = from.unmapped();
        if (isContact || amplification.isVerified(source, sender, now.nanos())) {
            return new RequestVerdict(this, from, source, null);
        }
        amplification.receive(source, length, now.nanos());
        return new RequestVerdict(this, from, source, amplification.account(source));
    }

    /**
     * Returns true for a request that repeats an earlier one more often than a sender without an answer repeats it, or
     * from elsewhere. A peer that was sent a request could send it on in the name of its sender, again and again.
     */
    public boolean isReplayed(Endpoint from, NodeId sender, TransactionId transactionId) {
        boolean replayed = !settings.isExempt(from) && !repeats.note(from.unmapped(), sender, transactionId);
        replays += replayed ? 1 : 0;
        return replayed;
    }

    /** Returns true if limits do not apply to the address. */
    boolean isExempt(Endpoint source) {
        return settings.isExempt(source);
    }

    /**
     * Returns true if an echo probe is to be returned to its source.
     *
     * @param isContact whether a contact of the routing table is at an address
     */
    public boolean mayEcho(NodeTime now, Endpoint from, Bytes probe, Predicate<Endpoint> isContact) {
        return echoes.mayEcho(
                from.unmapped(),
                probe,
                endpoint -> amplification.isVerified(endpoint, now.nanos())
                        || amplification.hasAccount(endpoint)
                        || isContact.test(endpoint),
                now.nanos());
    }

    /** Marks a node as verified at its address: an answer of it to a request of ours came from there. */
    public void verify(NodeTime now, Contact node) {
        amplification.verify(node.endpoint().unmapped(), node.nodeId(), now.nanos());
    }

    /** Returns true if this node answered a request of ours from its address recently. */
    public boolean isVerified(NodeTime now, Contact node) {
        return amplification.isVerified(node.endpoint().unmapped(), node.nodeId(), now.nanos());
    }

    // ---- what goes out ----------------------------------------------------------------------------------------

    /** Counts a truncated answer. */
    void countTruncated() {
        repliesShortened++;
    }

    /** Charges an answer to an account; returns false and counts it as withheld if it exceeds what is left. */
    boolean tryCharge(AmplificationLimit.Account account, Message answer) {
        int length = meter.datagramLength(answer);
        boolean may = length <= account.left();
        if (may) {
            account.send(length);
        } else {
            repliesWithheld++;
        }
        return may;
    }

    /**
     * Returns true if this request may be sent to a node that has not answered us recently from its address, and that
     * only unverified senders gave us reason to ask. If requests came from the address itself, the answers to those and
     * this must keep to its amplification limit; else peers reported it, and it is asked at a limited rate.
     */
    public boolean mayAsk(NodeTime now, Contact to, Message request) {
        Endpoint endpoint = to.endpoint().unmapped();
        if (amplification.isVerified(endpoint, to.nodeId(), now.nanos())) {
            return true;
        }
        AmplificationLimit.Account account = amplification.account(endpoint);
        if (account != null) {
            boolean may = meter.datagramLength(request) <= account.left();
            pingsWithheld += may ? 0 : 1;
            return may;
        }
        boolean may = settings.isExempt(endpoint) || reported.tryTake(NetworkLevel.sourceOf(endpoint), now.nanos());
        hearsayWithheld += may ? 0 : 1;
        return may;
    }

    /**
     * Returns true if a datagram padded to this length, in bytes, keeps to the amplification limit of its receiver. For
     * a while after an account was evicted, it is not known whether something came from an endpoint that has none.
     */
    public boolean mayPad(NodeTime now, Endpoint to, int paddedLength) {
        AmplificationLimit.Account account = amplification.account(to.unmapped());
        return account == null ? !amplification.mayHaveForgotten(now.nanos()) : paddedLength <= account.left();
    }

    /**
     * Charges a message that is sent to the amplification limit of its receiver; answers are charged before.
     *
     * @param paddedLength of the datagram, in bytes; 0 if it is not padded
     */
    public void onSent(Endpoint to, Message message, int paddedLength) {
        AmplificationLimit.Account account = amplification.account(to.unmapped());
        if (account != null) {
            account.send(Math.max(meter.datagramLength(message), paddedLength));
        }
    }

    // ---- statistics -------------------------------------------------------------------------------------------

    /** Returns what the guard did since the start. */
    public GuardStatistics statistics() {
        return new GuardStatistics(
                amplification.accounts(),
                amplification.verified(),
                admissions.snapshot(),
                repliesShortened,
                repliesWithheld,
                pingsWithheld,
                hearsayWithheld,
                replays,
                echoes.remembered(),
                echoes.sent(),
                echoes.refused());
    }
}
