package io.a2al.dht.transport;

import io.a2al.protocol.message.Endpoint;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Remembers endpoints and socket addresses that belong together, since turning one into the other makes five objects,
 * and most datagrams go to and come from where others did. Each has one place; two that share it replace each other.
 * Fixed memory; thread-safe.
 */
final class AddressCache {

    private static final int PLACES = 1024;

    private record Pair(InetSocketAddress address, Endpoint endpoint) {}

    private final AtomicReferenceArray<@Nullable Pair> byAddress = new AtomicReferenceArray<>(PLACES);
    private final AtomicReferenceArray<@Nullable Pair> byEndpoint = new AtomicReferenceArray<>(PLACES);

    /** Like {@link Endpoints#of}. */
    Endpoint endpointOf(InetSocketAddress address) {
        Pair known = byAddress.getPlain(placeOf(address));
        if (known != null && known.address().equals(address)) {
            return known.endpoint();
        }
        return remember(new Pair(address, Endpoints.of(address))).endpoint();
    }

    /** Like {@link Endpoints#toSocketAddress}. */
    InetSocketAddress addressOf(Endpoint endpoint) {
        Pair known = byEndpoint.getPlain(placeOf(endpoint));
        if (known != null && known.endpoint().equals(endpoint)) {
            return known.address();
        }
        return remember(new Pair(Endpoints.toSocketAddress(endpoint), endpoint)).address();
    }

    private Pair remember(Pair pair) {
        byAddress.setRelease(placeOf(pair.address()), pair);
        byEndpoint.setRelease(placeOf(pair.endpoint()), pair);
        return pair;
    }

    /** Anybody can choose addresses that share a place, and gains nothing by it. */
    private static int placeOf(Object address) {
        int hash = address.hashCode();
        return (hash ^ hash >>> 10 ^ hash >>> 20) & (PLACES - 1);
    }
}
