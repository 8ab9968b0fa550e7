package io.a2al.dht.result;

import io.a2al.core.api.LookupReport;

/** The result of resolving an address. Immutable; thread-safe. */
public sealed interface ResolveResult {

    /** Returns how the lookup went. */
    LookupReport report();

    /** The newest endpoint record that was found. */
    record Found(EndpointRecord endpoint, LookupReport report) implements ResolveResult {}

    /** No valid endpoint record was found. */
    record NotFound(LookupReport report) implements ResolveResult {}
}
