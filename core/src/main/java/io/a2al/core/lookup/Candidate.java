package io.a2al.core.lookup;

import io.a2al.protocol.message.Contact;
import java.util.Optional;

/** A node that a lookup has heard of. Not thread-safe. */
final class Candidate {

    /** How far the lookup has got with a candidate. */
    enum State {
        /** Not asked yet. Asking it leads to {@link #WAITING}. */
        NEW,
        /** Asked, not answered yet. An answer or a failure leads out. */
        WAITING,
        /** It answered completely. Final. */
        ANSWERED,
        /** Its answer was truncated. Asking it again leads to {@link #WAITING}. */
        UNFINISHED,
        /** Its request timed out or could not be sent. Final, unless a late answer comes. */
        FAILED
    }

    private final int hops;
    private final boolean near;
    private final long waitNanos;
    private final double chance;
    private final Leftovers leftovers;
    private Contact contact;
    private State state = State.NEW;
    private Optional<Path> askedBy = Optional.empty();
    private long askedAt;
    private boolean heard;
    private long askAgainAt;

    Candidate(Contact contact, int hops, LookupPlan plan) {
        this.contact = contact;
        this.hops = hops;
        this.near = plan.prospects().isNear(contact);
        this.waitNanos = plan.prospects().waitNanos(contact);
        this.chance = plan.prospects().chance(contact);
        this.leftovers = new Leftovers(plan.repetition());
    }

    Contact contact() {
        return contact;
    }

    /** Returns the number of referrals between our own routing table and this node. */
    int hops() {
        return hops;
    }

    /** Returns whether it was not asked yet and probably has what is looked for. */
    boolean isPromising() {
        return near && state == State.NEW;
    }

    /** Returns whether it is expected to answer sooner than another one. */
    boolean isFasterThan(Candidate other) {
        return waitNanos < other.waitNanos;
    }

    /** Returns how likely it answers, 0 to 1. */
    double chance() {
        return chance;
    }

    boolean is(State wanted) {
        return state == wanted;
    }

    void ask(Path by, long now) {
        state = State.WAITING;
        askedBy = Optional.of(by);
        askedAt = now;
    }

    /** Returns the path that asked this node; no other path asks it. */
    Optional<Path> askedBy() {
        return askedBy;
    }

    boolean isAskedBy(Path path) {
        return askedBy.isPresent() && askedBy.get() == path;
    }

    /** Returns whether it has answered at least once. */
    boolean isHeard() {
        return heard;
    }

    /** Notes an answer from {@code from}, whose endpoint may differ from the one that other nodes told. */
    void answer(Contact from) {
        contact = from;
        state = State.ANSWERED;
        heard = true;
    }

    /** Returns what decides whether it is asked again. */
    Leftovers leftovers() {
        return leftovers;
    }

    /** Marks it to be asked again, not before {@code notBefore}. */
    void leaveUnfinished(long notBefore) {
        state = State.UNFINISHED;
        askAgainAt = notBefore;
    }

    /** Returns the time from which an unfinished candidate is to be asked again, in nanoseconds. */
    long askAgainAt() {
        return askAgainAt;
    }

    void fail() {
        state = heard ? State.ANSWERED : State.FAILED;
    }

    /** Returns when its answer becomes overdue, in nanoseconds; meaningful only while waiting. */
    long overdueAt(long patienceNanos) {
        return askedAt + patienceNanos;
    }
}
