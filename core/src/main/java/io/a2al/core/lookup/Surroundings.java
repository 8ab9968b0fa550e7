package io.a2al.core.lookup;

import io.a2al.core.liveness.RoundTrip;
import io.a2al.core.routing.Peers;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;

/** What is expected of the nodes around a key, by what is remembered of them and by the size of the network. */
final class Surroundings implements Prospects {

    private final Peers peers;
    private final AnswerRates rates;
    private final NodeId target;
    private final long now;
    private final long nearPrefix;
    private final long unknownRoundTrip;
    private final long patience;

    /**
     * What is expected as of {@code now}.
     *
     * @param replicas nodes nearest to the target that probably have what is looked for
     */
    Surroundings(Peers peers, AnswerRates rates, NodeId target, long now, int replicas, LookupPlan.Pace pace) {
        this.peers = peers;
        this.rates = rates;
        this.target = target;
        this.now = now;
        long nodes = Math.max(peers.table().networkSize(), replicas);
        this.nearPrefix = Long.divideUnsigned(-1, nodes) * replicas;
        this.patience = pace.patienceNanos();
        this.unknownRoundTrip = peers.health().medianRoundTrip(patience);
    }

    @Override
    public boolean isNear(Contact node) {
        return Long.compareUnsigned(target.distance(node.nodeId()).prefix(), nearPrefix) < 0;
    }

    @Override
    public double chance(Contact node) {
        return rates.chance(peers.memory().chanceOf(node.nodeId(), now));
    }

    @Override
    public long waitNanos(Contact node) {
        RoundTrip roundTrip = peers.health().roundTripOf(node.nodeId());
        long gone = (long) ((1 - chance(node)) * patience);
        return (roundTrip.isKnown() ? roundTrip.nanos() : unknownRoundTrip) + gone;
    }
}
