package io.a2al.core.store;

import io.a2al.core.api.Origin;
import io.a2al.core.statistics.EnumCounts;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.RecordCategory;
import io.a2al.protocol.record.RecordSlot.Group;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Counts the records of each signing key, of each network and of each group, so that none of them fills the store
 * (known-defects D-23). Unverified addresses have one quota together, as they could claim any network; within it, each
 * network that they claim has a share, so that one which floods displaces its own records. Has at most as many entries
 * as there are records, for networks three times as many. Not thread-safe.
 */
final class Quotas {

    /** A site with more than one of so many equal parts of the store is evicted from first when the store is full. */
    private static final int FAIR_SHARES = 64;

    private static final RecordCategory[] CATEGORIES = RecordCategory.values();

    /** Records at a key that are to give way: those of one network, which are all verified or all not. */
    record Surplus(NodeId key, boolean proven, NetworkShares.Surplus network) {

        boolean contains(Origin origin) {
            return origin.isLimited()
                    && origin.isProven() == proven
                    && network.from().test(origin);
        }
    }

    private final StoreLimits.Quotas limits;
    private final Map<Bytes, Integer> byIdentity = new HashMap<>();
    private final NetworkShares verified = new NetworkShares();
    private final NetworkShares unproven = new NetworkShares();
    private final EnumCounts<RecordCategory> byCategory = new EnumCounts<>(RecordCategory.class);

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
                ? verified.hasRoomFor(offer.origin(), limits.recordsPerNetwork())
                : unproven.total() < limits.recordsPerNetwork() || unproven.isBelowLargest(offer.origin());
    }

    /** Returns the records of unverified addresses that give way to others of them, as they are too many. */
    Optional<Surplus> unprovenSurplus() {
        return unproven.total() > limits.recordsPerNetwork()
                ? Optional.of(surplusOf(unproven, false))
                : Optional.empty();
    }

    /** Returns records of the network that has the most, if it has more than its fair share of a full store. */
    Optional<Surplus> surplus() {
        return verified.isOver(Math.max(1, limits.records() / FAIR_SHARES))
                ? Optional.of(surplusOf(verified, true))
                : Optional.empty();
    }

    private static Surplus surplusOf(NetworkShares shares, boolean proven) {
        NetworkShares.Surplus surplus = shares.surplus();
        return new Surplus(surplus.key(), proven, surplus);
    }

    /** Returns the number of records of a group. */
    int of(Group group) {
        int records = 0;
        for (RecordCategory category : CATEGORIES) {
            records += Group.of(category) == group ? (int) byCategory.of(category) : 0;
        }
        return records;
    }

    /** Returns the number of records of each category. */
    Map<RecordCategory, Long> byCategory() {
        return byCategory.snapshot();
    }

    void add(NodeId key, Held held) {
        byIdentity.merge(identityOf(held), 1, Integer::sum);
        byCategory.count(held.record().category());
        sharesOf(held.origin()).ifPresent(shares -> shares.add(key, held.origin()));
    }

    void remove(NodeId key, Held held) {
        byIdentity.computeIfPresent(identityOf(held), (identity, count) -> count == 1 ? null : count - 1);
        byCategory.add(held.record().category(), -1);
        sharesOf(held.origin()).ifPresent(shares -> shares.remove(key, held.origin()));
    }

    private Optional<NetworkShares> sharesOf(Origin origin) {
        if (!origin.isLimited()) {
            return Optional.empty();
        }
        return Optional.of(origin.isProven() ? verified : unproven);
    }

    private static Bytes identityOf(Held held) {
        return held.record().record().publicKey();
    }
}
