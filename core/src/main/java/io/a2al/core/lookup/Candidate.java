package io.a2al.core.lookup;

import io.a2al.protocol.message.Contact;

/** A node that a lookup knows of. Not thread-safe. */
final class Candidate {

    /** Answers in a row without anything new, after which a node is not asked again. */
    private static final int MAX_FRUITLESS = 2;

    /** How often a node is asked again at the most; a full topic takes some thirty answers. */
    private static final int MAX_REPETITIONS = 40;

    /** How often a node with an empty answer is asked again; by then it may send a record of any size. */
    private static final int MAX_EMPTY = 2;

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

    private final Contact contact;
    private final int hops;
    private State state = State.NEW;
    private long askedAt;
    private boolean heard;
    private int repetitions;
    private int fruitless;
    private int empty;
    private boolean shortened;
    private long askAgainAt;

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

    /** True once it has answered. */
    boolean isHeard() {
        return heard;
    }

    void answer() {
        state = State.ANSWERED;
        heard = true;
    }

    /** It left out records: it is worth asking again unless that led to nothing new several times, or very often. */
    void leaveOutRecords(boolean broughtNews, long askAgainAt) {
        fruitless = broughtNews ? 0 : fruitless + 1;
        if (fruitless < MAX_FRUITLESS && repetitions < MAX_REPETITIONS) {
            repetitions++;
            leaveUnfinished(askAgainAt);
        }
    }

    /** It said nothing at all, which is worth another question or two. */
    void leaveOutAll(long askAgainAt) {
        if (empty++ < MAX_EMPTY) {
            leaveUnfinished(askAgainAt);
        }
    }

    /** It may have left out nodes, which is worth one more question. */
    void leaveOutNodes(long askAgainAt) {
        if (!shortened) {
            shortened = true;
            leaveUnfinished(askAgainAt);
        }
    }

    private void leaveUnfinished(long notBefore) {
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
