package io.a2al.core.store;

import io.a2al.core.api.Origin;
import io.a2al.protocol.Bytes;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts the records of each signing key and of each network, so that none of them fills the store (known-defects
 * D-23). Has at most as many entries as there are records. Not thread-safe.
 */
final class Quotas {

    private final StoreLimits.Quotas limits;
    private final Map<Bytes, Integer> byIdentity = new HashMap<>();
    private final Map<Origin, Integer> byOrigin = new HashMap<>();

    Quotas(StoreLimits.Quotas limits) {
        this.limits = limits;
    }

    /** Returns whether another record of this signing key and origin may be added. */
    boolean mayAdd(Held offer) {
        return !offer.origin().isLimited()
                || (byIdentity.getOrDefault(identityOf(offer), 0) < limits.recordsPerIdentity()
                        && byOrigin.getOrDefault(offer.origin(), 0) < limits.recordsPerNetwork());
    }

    void add(Held held) {
        byIdentity.merge(identityOf(held), 1, Integer::sum);
        byOrigin.merge(held.origin(), 1, Integer::sum);
    }

    void remove(Held held) {
        byIdentity.computeIfPresent(identityOf(held), (identity, count) -> count == 1 ? null : count - 1);
        byOrigin.computeIfPresent(held.origin(), (origin, count) -> count == 1 ? null : count - 1);
    }

    private static Bytes identityOf(Held held) {
        return held.record().record().publicKey();
    }
}
