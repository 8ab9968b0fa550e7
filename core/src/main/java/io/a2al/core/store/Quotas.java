package io.a2al.core.store;

import io.a2al.core.api.Origin;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.NodeId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Counts the records of each signing key and of each origin, so that none of them fills the store (known-defects D-23).
 * Unverified addresses have one quota together, as they could claim any network; within it, each network that they
 * claim has a share, so that one which floods displaces its own records. Has at most as many entries as there are
 * records. Not thread-safe.
 */
final class Quotas {

    /**
     * An origin with more than one of so many equal parts of the store is evicted from first when the store is full.
     */
    private static final int FAIR_SHARES = 64;

    /** Records at a key whose origin is to give way. */
    record Surplus(NodeId key, Origin origin) {}

    private final StoreLimits.Quotas limits;
    private final Map<Bytes, Integer> byIdentity = new HashMap<>();
    private final Shares verified = new Shares();
    private final Shares unproven = new Shares();

    Quotas(StoreLimits.Quotas limits) {
        this.limits = limits;
    }

    /** Returns whether another record of this signing key and origin may be added, perhaps in place of another one. */
    boolean mayAdd(Held offer) {
        if (!offer.origin().isLimited()) {
            return true;
        }
        if (byIdentity.getOrDefault(identityOf(offer), 0) >= limits.recordsPerIdentity()) {
            return false;
        }
        return offer.origin().isProven()
                ? verified.of(offer.origin()) < limits.recordsPerNetwork()
                : unproven.total() < limits.recordsPerNetwork() || unproven.of(offer.origin()) + 1 < unproven.largest();
    }

    /** Returns the records of unverified addresses that give way to others of them, as they are too many. */
    Optional<Surplus> unprovenSurplus() {
        return unproven.total() > limits.recordsPerNetwork() ? Optional.of(surplusOf(unproven)) : Optional.empty();
    }

    /** Returns records of the network that has the most, if it has more than its fair share of a full store. */
    Optional<Surplus> surplus() {
        return verified.largest() > Math.max(1, limits.records() / FAIR_SHARES)
                ? Optional.of(surplusOf(verified))
                : Optional.empty();
    }

    private static Surplus surplusOf(Shares shares) {
        Origin largest = shares.largestOrigin();
        return new Surplus(shares.firstKey(largest), largest);
    }

    void add(NodeId key, Held held) {
        byIdentity.merge(identityOf(held), 1, Integer::sum);
        sharesOf(held.origin()).ifPresent(shares -> shares.add(key, held.origin()));
    }

    void remove(NodeId key, Held held) {
        byIdentity.computeIfPresent(identityOf(held), (identity, count) -> count == 1 ? null : count - 1);
        sharesOf(held.origin()).ifPresent(shares -> shares.remove(key, held.origin()));
    }

    private Optional<Shares> sharesOf(Origin origin) {
        if (!origin.isLimited()) {
            return Optional.empty();
        }
        return Optional.of(origin.isProven() ? verified : unproven);
    }

    private static Bytes identityOf(Held held) {
        return held.record().record().publicKey();
    }
}
