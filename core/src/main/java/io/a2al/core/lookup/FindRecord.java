package io.a2al.core.lookup;

import io.a2al.core.api.Holder;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the newest records of one type (known-defects D-16). Ends once a number of holders answered, or a short time
 * after the first did; with one holder wanted this is "first hit". It does not end so while there is doubt: holders
 * disagree, or more nodes have no record than have one. If the newest record found is so old that its publisher should
 * have renewed it, it waits a little for more holders, as those heard may all have missed that. Times in nanoseconds.
 * Not thread-safe.
 */
public sealed class FindRecord implements Goal permits FindByMajority {

    /** Publishers renew a record at half of its time to live ({@code core.publish}). */
    private static final int RENEWALS_PER_LIFE = 2;

    /** At most this part of the time to live is allowed for clocks that differ. */
    private static final int LIVES_PER_TOLERANCE = 8;

    /** A time before all records. */
    private static final long NO_TIME = 0;

    private final int holdersWanted;
    private final long budget;
    private final long overdueBudget;
    private final int widthInDoubt;

    /** When the lookup began, in Unix seconds. */
    private final long begunAt;

    private final Merged merged = new Merged();
    private final Holders holders = new Holders();

    /** Nodes without a record that answered after the first holder did; one more than there are holders at most. */
    private final Set<NodeId> without = new HashSet<>();

    private boolean disagreeing;
    private boolean overdue;
    private long satisfiedAt = NEVER;

    /**
     * A goal that ends after {@code holdersWanted} answers with records, or {@code budgetNanos} after the first one.
     *
     * @param widthInDoubt the nearest nodes that are heard if there is doubt; 0 to end without
     * @param unixSeconds when the lookup begins, to tell whether a record should have been renewed
     * @param overdueBudgetNanos how long it waits then for {@code widthInDoubt} holders, after the last one wanted
     */
    public FindRecord(
            int holdersWanted, long budgetNanos, int widthInDoubt, long unixSeconds, long overdueBudgetNanos) {
        this.holdersWanted = holdersWanted;
        this.budget = budgetNanos;
        this.overdueBudget = overdueBudgetNanos;
        this.widthInDoubt = widthInDoubt;
        this.begunAt = unixSeconds;
    }

    /** Like {@link #FindRecord(int, long, int, long, long)}, with records of any age taken as they are. */
    FindRecord(int holdersWanted, long budgetNanos, int widthInDoubt) {
        this(holdersWanted, budgetNanos, widthInDoubt, NO_TIME, 0);
    }

    /** A goal that takes the records of the first holder. */
    public static FindRecord first() {
        return new FindRecord(1, 0, 0);
    }

    @Override
    public final boolean onRecords(long now, Contact from, List<VerifiedRecord> records) {
        if (records.isEmpty()) {
            if (holders.size() > 0 && !isMostlyWithout() && !holders.contains(from.nodeId())) {
                without.add(from.nodeId());
            }
            return false;
        }
        boolean news = merged.add(records);
        holders.add(from, records);
        without.remove(from.nodeId());
        disagreeing = disagreeing || !outdated().isEmpty();
        overdue = isOverdue(records().getFirst());
        satisfiedAt = satisfiedAfterAnswer(now);
        return news;
    }

    private long satisfiedAfterAnswer(long now) {
        if (holders.size() < holdersWanted) {
            return satisfiedAt == NEVER ? now + budget : satisfiedAt;
        }
        if (holders.size() >= wanted()) {
            return now;
        }
        return holders.size() == holdersWanted ? Math.min(satisfiedAt, now + overdueBudget) : satisfiedAt;
    }

    private int wanted() {
        return overdue ? widthInDoubt : holdersWanted;
    }

    /** Adds records of our own store; they compete with those found, and do not count as an answer of a holder. */
    public final void addLocal(List<VerifiedRecord> records) {
        merged.add(records);
    }

    /** Returns true if the record should have been renewed when the lookup began. */
    private boolean isOverdue(VerifiedRecord record) {
        long life = record.record().ttl();
        long clocks = Math.min(VerifiedRecord.CLOCK_TOLERANCE, life / LIVES_PER_TOLERANCE);
        return begunAt - record.record().timestamp() >= life / RENEWALS_PER_LIFE - clocks;
    }

    /** Returns true if more nodes have no record than have one, or as many if it should have been renewed. */
    private boolean isMostlyWithout() {
        return without.size() + (overdue ? 1 : 0) > holders.size();
    }

    @Override
    public int widthInDoubt() {
        return disagreeing || isMostlyWithout() ? widthInDoubt : 0;
    }

    @Override
    public boolean wantsMoreHolders() {
        return holders.size() > 0 && (holders.size() < wanted() || widthInDoubt() > 0);
    }

    @Override
    public int missingHolders() {
        return widthInDoubt() > 0 ? widthInDoubt() : wanted() - holders.size();
    }

    @Override
    public final boolean isOneAnswerEnough() {
        return holdersWanted == 1;
    }

    @Override
    public long satisfiedAt() {
        return satisfiedAt;
    }

    @Override
    public final boolean wantsVicinity() {
        return true;
    }

    @Override
    public final List<VerifiedRecord> records() {
        return merged.newestFirst();
    }

    @Override
    public final List<Holder> holders() {
        return holders.list(records());
    }

    /** Returns the holders of old versions, in the order of their answers. */
    public final List<Outdated> outdated() {
        return holders.outdated(merged);
    }
}
