package io.a2al.dht.result;

/**
 * The result of joining the network. Immutable; thread-safe.
 *
 * @param seedsAnswered the seeds that had answered when the node knew its neighbours
 * @param seedsAsked the seeds that were given
 * @param nodesKnown contacts in the routing table
 */
public record JoinResult(int seedsAnswered, int seedsAsked, int nodesKnown) {

    /** Returns true if the node knows another node. */
    public boolean isConnected() {
        return nodesKnown > 0;
    }
}
