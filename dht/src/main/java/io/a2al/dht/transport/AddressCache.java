package io.a2al.dht.transport;

import io.a2al.protocol.message.Endpoint;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Caches pairs of endpoint and socket address, because converting one into the other creates five objects, and most
 * datagrams go to and come from an address that was used before. Each address has one slot; two that share a slot
 * replace each other. Fixed memory; thread-safe.
 */
final class AddressCache {

    private static final int SLOTS = 1024;

    private record Pair(InetSocketAddress address, Endpoint endpoint) {}

    private final AtomicReferenceArray<@Nullable Pair> byAddress = new AtomicReferenceArray<>(SLOTS);
    private final AtomicReferenceArray<@Nullable Pair> byEndpoint = new AtomicReferenceArray<>(SLOTS);

    /** Returns the same as {@link Endpoints#of}. */
    Endpoint endpointOf(InetSocketAddress address) {
        Pair known = byAddress.getPlain(slotOf(address));
        if (known != null && known.address().equals(address)) {
            return known.endpoint();
        }
        return remember(new Pair(address, Endpoints.of(address))).endpoint();
    }

    /** Returns the same as {@link Endpoints#toSocketAddress}. */
    InetSocketAddress addressOf(Endpoint endpoint) {
        Pair known = byEndpoint.getPlain(slotOf(endpoint));
        if (known != null && known.endpoint().equals(endpoint)) {
            return known.address();
        }
        return remember(new Pair(Endpoints.toSocketAddress(endpoint), endpoint)).address();
    }

    private Pair remember(Pair pair) {
        byAddress.setRelease(slotOf(pair.address()), pair);
        byEndpoint.setRelease(slotOf(pair.endpoint()), pair);
        return pair;
    }

    /** An attacker can choose addresses that share a slot; that costs a conversion, as without the cache. */
    private static int slotOf(Object address) {
        int hash = address.hashCode();
        return (hash ^ hash >>> 10 ^ hash >>> 20) & (SLOTS - 1);
    }
}
