package io.a2al.core.publish;

import io.a2al.core.store.Retention;
import io.a2al.core.time.DeadlineQueue;
import io.a2al.core.time.NodeTime;
import io.a2al.protocol.record.VerifiedRecord;
import java.time.Duration;
import java.util.Deque;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * When records are due for renewal, and when they have expired (known-defects D-08). The application is asked for a
 * newer record again and again until one comes. With many publications it is asked in the order of the keys, evenly
 * over the time from one renewal to the next. Times in nanoseconds. Not thread-safe.
 */
final class Lifetimes {

    /** Shortest wait before the application is asked again, for records with a short time to live. */
    private static final long FIRST_REMINDER = Duration.ofSeconds(30).toNanos();

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Retention retention;
    private final BooleanSupplier many;
    private final Pacer pacer;
    private final Deque<PublishStep> notices;
    private final DeadlineQueue<ReplicaSet> queue = new DeadlineQueue<>();

    /**
     * No records yet.
     *
     * @param many true while renewals are spread
     * @param pacer says how fast the application may be asked then, and learns which records there are
     */
    Lifetimes(Retention retention, BooleanSupplier many, Pacer pacer, Deque<PublishStep> notices) {
        this.retention = retention;
        this.many = many;
        this.pacer = pacer;
        this.notices = notices;
    }

    /** Sets when the set's present record is due, at half of the time that nodes keep it, and when it expires. */
    void begin(NodeTime now, ReplicaSet set) {
        VerifiedRecord record = set.record();
        long longest = record.record().ttl() + 2 * VerifiedRecord.CLOCK_TOLERANCE;
        long left = Math.clamp(record.expiresAfter() - now.unixSeconds(), 0, longest) * SECOND;
        long age = Math.max(0, record.record().ttl() * SECOND - left);
        long interval = kept(record) / 2;
        long due = now.nanos() + Math.max(0, interval - age);
        count(set, set.isRenewable() && interval > 0 ? interval : Long.MAX_VALUE);
        if (many.getAsBoolean() && interval > 0) {
            due = Math.max(now.nanos(), inOrder(set, due - interval, interval));
        }
        set.setExpiryAt(now.nanos() + left);
        set.setRenewalAt(set.isRenewable() ? due : NodeTime.NEVER);
        schedule(set);
    }

    /**
     * Returns when a record that was signed at {@code from} is due, so that records are renewed in the order of their
     * keys: at the point of each interval that the key is at. That is after half of an interval at least; a key whose
     * point comes sooner needs two renewals to get there.
     */
    private static long inOrder(ReplicaSet set, long from, long interval) {
        long point = (long) (set.placement().position() * interval);
        long wait = Math.floorMod(point - from, interval);
        return from + (wait >= interval / 2 ? wait : (wait + interval) / 2);
    }

    private void count(ReplicaSet set, long interval) {
        if (set.interval() != interval) {
            forget(set);
            pacer.add(interval);
            set.setInterval(interval);
        }
    }

    private void forget(ReplicaSet set) {
        if (set.interval() > 0) {
            pacer.remove(set.interval());
            set.setInterval(0);
        }
    }

    /** Makes the set's record due for renewal now, if there is a publication that can renew it. */
    void renewNow(NodeTime now, ReplicaSet set) {
        if (set.isRenewable()) {
            set.setRenewalAt(now.nanos());
            schedule(set);
        }
    }

    /** Returns how long nodes keep the record, from its timestamp on. */
    private long kept(VerifiedRecord record) {
        return Math.min(record.record().ttl(), retention.limit(record.category())) * SECOND;
    }

    private void schedule(ReplicaSet set) {
        queue.set(set, NodeTime.earlier(set.renewalAt(), set.expiryAt()));
    }

    void end(ReplicaSet set) {
        queue.remove(set);
        forget(set);
    }

    /**
     * Asks the publications whose records are due, until one comes that has expired, which is returned; then this has
     * to be called again. The application is asked again later, in case no newer record comes.
     */
    Optional<ReplicaSet> fireDue(long now) {
        for (Optional<ReplicaSet> due = queue.pollDue(now); due.isPresent(); due = queue.pollDue(now)) {
            ReplicaSet set = due.get();
            if (set.expiryAt() != NodeTime.NEVER && set.expiryAt() - now <= 0) {
                set.setExpiryAt(NodeTime.NEVER);
                schedule(set);
                return due;
            }
            if (many.getAsBoolean() && !pacer.take(now)) {
                schedule(set);
                return Optional.empty();
            }
            askForRenewal(now, set);
        }
        return Optional.empty();
    }

    private void askForRenewal(long now, ReplicaSet set) {
        Optional<Publication> owner = set.owners().reversed().stream()
                .filter(Publication::isRenewable)
                .findFirst();
        owner.ifPresent(asked -> notices.add(new PublishStep.AskForRenewal(asked.id())));
        set.setRenewalAt(owner.isPresent() ? now + Math.max(FIRST_REMINDER, kept(set.record()) / 16) : NodeTime.NEVER);
        set.setAsked(owner.isPresent());
        schedule(set);
    }

    /** Returns when something is due next. */
    long nextDeadline(long now) {
        boolean waits = many.getAsBoolean() && queue.next() != NodeTime.NEVER && queue.next() - now <= 0;
        return waits ? pacer.nextAt() : queue.next();
    }
}
