package io.a2al.core.lookup;

import io.a2al.protocol.message.Contact;
import java.util.Optional;

/** A node that a lookup knows of. Not thread-safe. */
final class Candidate {

    /** How far a candidate is. */
    enum State {
        /** Known, not asked. Left by asking it. */
        NEW,
        /** Asked, no answer yet. Left by an answer or a failure. */
        WAITING,
        /** It answered. Final, unless it has more to say. */
        ANSWERED,
        /** It answered, but had to leave out something. Left by asking it again. */
        UNFINISHED,
        /** It never answered in time, or could not be asked. Final, unless it answers after all. */
        FAILED
    }

    private final int hops;
    private final Leftovers leftovers;
    private Contact contact;
    private State state = State.NEW;
    private Optional<Path> askedBy = Optional.empty();
    private long askedAt;
    private boolean heard;
    private long askAgainAt;

    Candidate(Contact contact, int hops, LookupSettings.Repetition repetition) {
        this.contact = contact;
        this.hops = hops;
        this.leftovers = new Leftovers(repetition);
    }

    Contact contact() {
        return contact;
    }

    /** Referrals between our own table and this node. */
    int hops() {
        return hops;
    }

    boolean is(State wanted) {
        return state == wanted;
    }

    void ask(Path by, long now) {
        state = State.WAITING;
        askedBy = Optional.of(by);
        askedAt = now;
    }

    /** The path that asked it, if one did; no other does. */
    Optional<Path> askedBy() {
        return askedBy;
    }

    boolean isAskedBy(Path path) {
        return askedBy.isPresent() && askedBy.get() == path;
    }

    /** True once it has answered. */
    boolean isHeard() {
        return heard;
    }

    /** It answered from there, which may not be where others said it was. */
    void answer(Contact from) {
        contact = from;
        state = State.ANSWERED;
        heard = true;
    }

    /** What it may have left to say. */
    Leftovers leftovers() {
        return leftovers;
    }

    /** It is to be asked again, not before that time. */
    void leaveUnfinished(long notBefore) {
        state = State.UNFINISHED;
        askAgainAt = notBefore;
    }

    /** From when on an unfinished one is to be asked again. */
    long askAgainAt() {
        return askAgainAt;
    }

    void fail() {
        state = heard ? State.ANSWERED : State.FAILED;
    }

    /** When its answer is overdue, if it is being waited for. */
    long overdueAt(long patienceNanos) {
        return askedAt + patienceNanos;
    }
}
