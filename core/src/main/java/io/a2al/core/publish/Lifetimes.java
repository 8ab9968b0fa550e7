package io.a2al.core.publish;

import io.a2al.core.store.Retention;
import io.a2al.core.time.KeyedDeadlines;
import io.a2al.core.time.NodeTime;
import io.a2al.protocol.record.VerifiedRecord;
import java.time.Duration;
import java.util.Deque;
import java.util.Optional;

/**
 * When records are due for renewal, and when they have expired (known-defects D-08). The application is asked for a
 * newer record again and again until one comes. Times in nanoseconds. Not thread-safe.
 */
final class Lifetimes {

    /** Shortest wait before the application is asked again, for records with a short time to live. */
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

    /** Sets when the set's present record is due, at half of the time that nodes keep it, and when it expires. */
    void begin(NodeTime now, ReplicaSet set) {
        VerifiedRecord record = set.record();
        long longest = record.record().ttl() + 2 * VerifiedRecord.CLOCK_TOLERANCE;
        long left = Math.clamp(record.expiresAfter() - now.unixSeconds(), 0, longest) * SECOND;
        expiries.set(set, now.nanos() + left);
        long age = Math.max(0, record.record().ttl() * SECOND - left);
        renewals.set(set, set.isRenewable() ? now.nanos() + Math.max(0, kept(record) / 2 - age) : NodeTime.NEVER);
    }

    /** Makes the set's record due for renewal now, if there is a publication that can renew it. */
    void renewNow(NodeTime now, ReplicaSet set) {
        if (set.isRenewable()) {
            renewals.set(set, now.nanos());
        }
    }

    /** Returns how long nodes keep the record, from its timestamp on. */
    private long kept(VerifiedRecord record) {
        return Math.min(record.record().ttl(), retention.limit(record.category())) * SECOND;
    }

    void end(ReplicaSet set) {
        renewals.remove(set);
        expiries.remove(set);
    }

    /** Returns the next set whose record has expired. */
    Optional<ReplicaSet> pollExpired(long now) {
        return expiries.pollDue(now);
    }

    /** Asks the publication that brought a record that is due, and again later, in case no newer record comes. */
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

    /** Returns when something is due next. */
    long nextDeadline() {
        return NodeTime.earlier(renewals.next(), expiries.next());
    }
}
