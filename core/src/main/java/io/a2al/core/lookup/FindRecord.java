package io.a2al.core.lookup;

import io.a2al.core.api.Holder;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.List;

/**
 * Finds the newest records of one type (known-defects D-16). Ends once a number of holders answered, or a short time
 * after the first did; with one holder wanted this is "first hit". Times in nanoseconds. Not thread-safe.
 */
public final class FindRecord implements Goal {

    private final int holdersWanted;
    private final long budget;
    private final Merged merged = new Merged();
    private final Holders holders = new Holders();
    private long satisfiedAt = NEVER;

    /**
     * A goal that ends after {@code holdersWanted} answers with records, or {@code budgetNanos} after the first one.
     */
    public FindRecord(int holdersWanted, long budgetNanos) {
        this.holdersWanted = holdersWanted;
        this.budget = budgetNanos;
    }

    @Override
    public boolean onRecords(long now, Contact from, List<VerifiedRecord> records) {
        if (records.isEmpty()) {
            return false;
        }
        boolean news = merged.add(records);
        holders.add(from, records);
        if (holders.size() >= holdersWanted) {
            satisfiedAt = now;
        } else if (satisfiedAt == NEVER) {
            satisfiedAt = now + budget;
        }
        return news;
    }

    /** Adds records of our own store; they compete with those found, and do not count as an answer of a holder. */
    public void addLocal(List<VerifiedRecord> records) {
        merged.add(records);
    }

    @Override
    public boolean wantsMoreHolders() {
        return holders.size() > 0 && holders.size() < holdersWanted;
    }

    @Override
    public boolean isOneAnswerEnough() {
        return holdersWanted == 1;
    }

    @Override
    public long satisfiedAt() {
        return satisfiedAt;
    }

    @Override
    public List<VerifiedRecord> records() {
        return merged.newestFirst();
    }

    @Override
    public List<Holder> holders() {
        return holders.list(records());
    }

    /** Returns the holders of old versions, in the order of their answers. */
    public List<Outdated> outdated() {
        return holders.outdated(merged);
    }
}
