package io.a2al.core.lookup;

import io.a2al.protocol.message.Contact;

/** A node that a lookup knows of. Not thread-safe. */
final class Candidate {

    /** How far a candidate is. */
    enum State {
        /** Known, not asked. Left by asking it. */
        NEW,
        /** Asked, no answer yet. Left by an answer or a failure. */
        WAITING,
        /** It answered. Final. */
        ANSWERED,
        /** It did not answer in time, or could not be asked. Final, unless it answers after all. */
        FAILED
    }

    private final Contact contact;
    private final int hops;
    private State state = State.NEW;
    private long askedAt;

    Candidate(Contact contact, int hops) {
        this.contact = contact;
        this.hops = hops;
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

    void ask(long now) {
        state = State.WAITING;
        askedAt = now;
    }

    void answer() {
        state = State.ANSWERED;
    }

    void fail() {
        if (state != State.ANSWERED) {
            state = State.FAILED;
        }
    }

    /** When its answer is overdue, if it is being waited for. */
    long overdueAt(long patienceNanos) {
        return askedAt + patienceNanos;
    }
}
