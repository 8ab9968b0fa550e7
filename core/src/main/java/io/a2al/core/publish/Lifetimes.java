package io.a2al.core.publish;

import io.a2al.core.store.Retention;
import io.a2al.core.time.KeyedDeadlines;
import io.a2al.core.time.NodeTime;
import io.a2al.protocol.record.VerifiedRecord;
import java.time.Duration;
import java.util.Deque;
import java.util.Optional;

/**
 * When records are due for renewal, and when they have expired (known-defects D-08). Times in nanoseconds. Not
 * thread-safe.
 */
final class Lifetimes {

    private static final long FIRST_REMINDER = Duration.ofSeconds(30).toNanos();
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Retention retention;
    private final Deque<PublishStep> notices;
    private final KeyedDeadlines<ReplicaSet> renewals = new KeyedDeadlines<>();
    private final KeyedDeadlines<ReplicaSet> expiries = new KeyedDeadlines<>();

    Lifetimes(Retention retention, Deque<PublishStep> notices) {
        this.retention = retention;
        this.notices = notices;
    }

    /** Watches over the set's present record, which is due at half of the time that nodes keep it. */
    void begin(long now, long unixSeconds, ReplicaSet set) {
        VerifiedRecord record = set.record();
        long longest = record.record().ttl() + 2 * VerifiedRecord.CLOCK_TOLERANCE;
        long left = Math.clamp(record.expiresAfter() - unixSeconds, 0, longest) * SECOND;
        expiries.set(set, now + left);
        boolean renewable = set.owners().stream().anyMatch(Publication::isRenewable);
        long age = Math.max(0, record.record().ttl() * SECOND - left);
        renewals.set(set, renewable ? now + Math.max(0, kept(record) / 2 - age) : NodeTime.NEVER);
    }

    /** How long nodes keep the record, from its timestamp on. */
    private long kept(VerifiedRecord record) {
        return Math.min(record.record().ttl(), retention.limit(record.category())) * SECOND;
    }

    void end(ReplicaSet set) {
        renewals.remove(set);
        expiries.remove(set);
    }

    /** The next set whose record has expired. */
    Optional<ReplicaSet> pollExpired(long now) {
        return expiries.pollDue(now);
    }

    /** Asks whoever brought a record that is due, and again later, in case that comes to nothing. */
    void askForRenewals(long now) {
        for (Optional<ReplicaSet> due = renewals.pollDue(now); due.isPresent(); due = renewals.pollDue(now)) {
            ReplicaSet set = due.get();
            set.owners().reversed().stream()
                    .filter(Publication::isRenewable)
                    .findFirst()
                    .ifPresent(owner -> {
                        notices.add(new PublishStep.AskForRenewal(owner.id()));
                        renewals.set(set, now + Math.max(FIRST_REMINDER, kept(set.record()) / 16));
                    });
        }
    }

    /** When something is due next. */
    long nextDeadline() {
        return NodeTime.earlier(renewals.next(), expiries.next());
    }
}
