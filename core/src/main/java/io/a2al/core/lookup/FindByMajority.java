package io.a2al.core.lookup;

import io.a2al.core.lookup.LookupSettings.Quorum;
import java.util.Optional;

/**
 * Finds the newest records that a majority of the nodes nearest to the key have. Ends when the nearest that answer are a
 * majority, whether they have records or not: these are among the replicas, if those that may still answer do so later
 * than the lookup has patience, and count as dead. Not thread-safe.
 */
public final class FindByMajority extends FindRecord {

    private final Quorum quorum;

    /** A goal that hears the majority of {@code quorum}. */
    public FindByMajority(Quorum quorum) {
        super(quorum.majority(), 0, 0);
        this.quorum = quorum;
    }

    @Override
    public int width() {
        return quorum.majority();
    }

    @Override
    public Optional<Quorum> quorum() {
        return Optional.of(quorum);
    }

    /** Returns {@link #NEVER}: holders do not end it, the nearest nodes do. */
    @Override
    public long satisfiedAt() {
        return NEVER;
    }
}
