package io.a2al.core.lookup;

import io.a2al.core.lookup.LookupSettings.Quorum;
import java.util.Optional;

/**
 * Finds the newest records that a majority of the nodes nearest to the key have. Ends when as many of the nearest have
 * answered, with or without records. A nearer node that has not answered within the patience of the lookup counts as
 * dead. Not thread-safe.
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

    /** Returns as many as there may be, as nodes without records count as well. */
    @Override
    public int missingHolders() {
        return width();
    }

    /** Returns {@link #NEVER}: holders do not end it, the nearest nodes do. */
    @Override
    public long satisfiedAt() {
        return NEVER;
    }
}
