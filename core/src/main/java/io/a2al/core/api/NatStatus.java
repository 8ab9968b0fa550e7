package io.a2al.core.api;

import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.record.NatType;
import java.util.Optional;

/**
 * How the network sees a node, as of one moment. Immutable; thread-safe.
 *
 * @param type the kind of NAT it is behind, as far as that can be told
 * @param publishType the kind to publish, which is unknown rather than wrong
 * @param publicEndpoint the address that enough peers agree on
 * @param agreeing how many peers agree on it
 * @param reporters peers from different networks whose reports count at present
 * @param bindPublic whether the socket itself has a public address
 * @param reachable whether an echo arrived at the public address; empty if that was not probed lately
 */
public record NatStatus(
        NatType type,
        NatType publishType,
        Optional<Endpoint> publicEndpoint,
        int agreeing,
        int reporters,
        boolean bindPublic,
        Optional<Boolean> reachable) {}
