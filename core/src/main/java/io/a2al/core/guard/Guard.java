package io.a2al.core.guard;

import io.a2al.core.api.Admission;
import io.a2al.core.api.Origin;
import io.a2al.core.api.Subnet;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.MessageCodec;
import io.a2al.protocol.message.MessageMeter;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Protects the node from those who send too much, and others from what strangers would make the node send
 * (known-defects D-04). Hazards and the answers to them:
 *
 * <ul>
 *   <li><b>Floods</b> of requests, each of which costs two signature operations: {@link #admitRequest} limits them
 *     before
 *       any signature, by source, by network and in total.
 *   <li><b>Amplification:</b> to an endpoint that has not proven to be the sender, at most three times what came from
 *     there
 *       is sent ({@link #allowance}), PINGs that ask for the proof included.
 *   <li><b>Steering:</b> an address that others told, and that has not answered yet, is asked a few times only
 *       ({@link #mayAsk}), whoever tells it how often.
 * </ul>
 *
 * All memory is allocated at the start or bounded. Times in nanoseconds. Not thread-safe.
 */
public final class Guard {

    private static final int IPV4_ADDRESS_BYTES = 4;
    private static final int IPV6_ADDRESS_BYTES = 8;

    private final GuardSettings settings;
    private final RequestRates rates;
    private final ReplyBudget replies;
    private final RateSketch hearsay;
    private final EchoProbes echoes;
    private final MessageMeter meter = new MessageMeter();

    /** By the ordinal numbers of the verdicts, as an EnumMap would hold another boxed number after each datagram. */
    private final long[] admissions = new long[Admission.values().length];

    private long repliesShortened;
    private long repliesWithheld;
    private long pingsWithheld;
    private long hearsayWithheld;

    /**
     * Nothing has happened yet.
     *
     * @param seed unpredictable in production
     */
    public Guard(GuardSettings settings, long seed, long now) {
        this.settings = settings;
        this.rates = new RequestRates(settings.rates(), seed, now);
        this.replies = new ReplyBudget(settings.replies());
        this.hearsay = new RateSketch(settings.hearsay(), settings.hearsayBuckets(), seed, now);
        this.echoes = new EchoProbes(settings.echoes(), seed, now);
    }

    // ---- what comes in ----------------------------------------------------------------------------------------

    /** Counts a verdict and returns it. */
    @SuppressWarnings("EnumOrdinal")
    public Admission count(Admission admission) {
        admissions[admission.ordinal()]++;
        return admission;
    }

    /** Whether a request from there is worth a look, as far as rates are concerned. To be asked once per datagram. */
    public Admission admitRequest(Endpoint from, long now) {
        return settings.isExempt(from)
                ? Admission.ADMITTED
                : rates.admit(from, !replies.isProven(from.unmapped(), now), now);
    }

    /**
     * A verified request came from there.
     *
     * @param length of the datagram
     * @param known true if the sender has proven to be there by other means
     */
    public void received(Endpoint from, int length, boolean known, long now) {
        Endpoint source = from.unmapped();
        if (!known && !replies.isProven(source, now)) {
            replies.receive(source, length, now);
        }
    }

    /**
     * True if an echo probe is to be returned to its source.
     *
     * @param isContact whether a contact of the routing table is at an address
     */
    public boolean mayEcho(Endpoint from, Bytes probe, Predicate<Endpoint> isContact, long now) {
        Endpoint source = from.unmapped();
        return echoes.mayEcho(
                source,
                probe,
                endpoint -> replies.isProven(endpoint, now) || replies.isWatched(endpoint) || isContact.test(endpoint),
                now);
    }

    /** Who answers for a request that was just {@linkplain #received received}. */
    public Origin originOf(Endpoint from) {
        Endpoint source = from.unmapped();
        if (settings.isExempt(source)) {
            return Origin.EXEMPT;
        }
        return replies.isWatched(source) ? Origin.UNPROVEN : Origin.of(Subnet.of(source));
    }

    /** An answer to a request of ours came from there. */
    public void proven(Endpoint endpoint, long now) {
        replies.prove(endpoint.unmapped(), now);
    }

    // ---- what goes out ----------------------------------------------------------------------------------------

    /** How long an answer to somebody may be. */
    public Allowance allowance(Endpoint to) {
        Endpoint endpoint = to.unmapped();
        return replies.isWatched(endpoint)
                ? new Allowance((int) Math.min(replies.left(endpoint), MessageCodec.MAX_DATAGRAM))
                : Allowance.FULL;
    }

    /** An answer was kept short. */
    public void replyShortened() {
        repliesShortened++;
    }

    /** True if this answer keeps to the allowance; else it must not be sent. */
    public boolean mayAnswer(Endpoint to, Message answer) {
        Allowance allowance = allowance(to);
        boolean may = allowance.isFull() || meter.datagramLength(answer) <= allowance.bytes();
        repliesWithheld += may ? 0 : 1;
        return may;
    }

    /**
     * True if this request, which nobody but strangers caused, may be sent to an endpoint that has not answered us
     * lately. If it sent something itself, the answer to that and this must keep to what it is owed; else it is
     * hearsay.
     */
    public boolean mayAsk(Endpoint to, Message request, long now) {
        Endpoint endpoint = to.unmapped();
        if (replies.isProven(endpoint, now)) {
            return true;
        }
        if (replies.isWatched(endpoint)) {
            boolean may = meter.datagramLength(request) <= replies.left(endpoint);
            pingsWithheld += may ? 0 : 1;
            return may;
        }
        boolean may = settings.isExempt(endpoint)
                || hearsay.tryTake(endpoint.ipPrefixBits(IPV4_ADDRESS_BYTES, IPV6_ADDRESS_BYTES), now);
        hearsayWithheld += may ? 0 : 1;
        return may;
    }

    /** Something is sent there, whatever the reason. */
    public void sent(Endpoint to, Message message) {
        Endpoint endpoint = to.unmapped();
        if (replies.isWatched(endpoint)) {
            replies.send(endpoint, meter.datagramLength(message));
        }
    }

    // ---- looking ----------------------------------------------------------------------------------------------

    /** Numbers about all this. */
    @SuppressWarnings("EnumOrdinal")
    public GuardStatistics statistics() {
        Map<Admission, Long> byVerdict = new EnumMap<>(Admission.class);
        for (Admission admission : Admission.values()) {
            byVerdict.put(admission, admissions[admission.ordinal()]);
        }
        return new GuardStatistics(
                replies.accounts(),
                replies.proofs(),
                byVerdict,
                repliesShortened,
                repliesWithheld,
                pingsWithheld,
                hearsayWithheld,
                echoes.remembered(),
                echoes.sent(),
                echoes.refused());
    }
}
