package io.a2al.dht.result;

/**
 * What became of joining the network.
 *
 * @param seedsAnswered how many of the given addresses had answered when the node knew its neighbours
 * @param seedsAsked how many were given
 * @param nodesKnown contacts in the routing table
 */
public record JoinResult(int seedsAnswered, int seedsAsked, int nodesKnown) {

    /** True if the node knows anybody. */
    public boolean isConnected() {
        return nodesKnown > 0;
    }
}
