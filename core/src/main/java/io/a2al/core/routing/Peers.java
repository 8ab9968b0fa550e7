package io.a2al.core.routing;

import io.a2al.core.liveness.PeerHealth;
import io.a2al.core.rpc.OwnAddressProofs;

/**
 * What a node knows about its peers. The parts are mutable and not thread-safe.
 *
 * @param table the routing table
 * @param memory contacts that answered, whether or not the routing table has a place for them
 * @param seen peers that answered within the last seven days
 * @param health how well each peer answers
 * @param proofs nodes to which we have proven our own address
 */
public record Peers(
        RoutingTable table, ContactMemory memory, SeenPeers seen, PeerHealth health, OwnAddressProofs proofs) {}
