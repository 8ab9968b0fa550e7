package io.a2al.core.store;

import io.a2al.core.api.Origin;
import io.a2al.protocol.Bytes;
import java.util.HashMap;
import java.util.Map;

/**
 * How many records each signing key has in the store, and how many came from each network, so that none of them fills
 * it (known-defects D-23). Not more entries than there are records. Not thread-safe.
 */
final class Quotas {

    private final StoreLimits.Quotas limits;
    private final Map<Bytes, Integer> byIdentity = new HashMap<>();
    private final Map<Origin, Integer> byOrigin = new HashMap<>();

    Quotas(StoreLimits.Quotas limits) {
        this.limits = limits;
    }

    /** True if another record of this key may come from there. */
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
