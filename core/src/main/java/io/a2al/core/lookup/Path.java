package io.a2al.core.lookup;

import io.a2al.core.guard.SubnetTally;
import io.a2al.core.lookup.Candidate.State;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * One of the disjoint paths of a lookup: the candidates that were learnt along it, and its share of the requests under
 * way. A node that another path has asked is not asked again. Its answer counts on this path too, but the nodes that it
 * told belong to the other path. Times in nanoseconds. Not thread-safe.
 */
final class Path {

    private static final Step DONE = new Step.Done();

    /** Another request is made if more than this of a place is free. */
    private static final double HALF_A_PLACE = 0.5;

    private final LookupPlan plan;
    private final TreeMap<NodeId, Candidate> candidates;
    private boolean staggering;
    private long askAgainAt;

    /** A path without candidates, which keeps them in the order of {@code byDistance}. */
    Path(LookupPlan plan, Comparator<NodeId> byDistance) {
        this.plan = plan;
        this.candidates = new TreeMap<>(byDistance);
    }

    /**
     * Walks the candidates, nearest first, until enough of them have answered or one is found to ask: the fastest of
     * those that probably have what is looked for, or else the nearest. Candidates beyond the share of their network
     * come last.
     *
     * @param places requests that may be under way on all paths together
     * @param width nearest nodes that must have answered
     */
    Step next(long now, long deadline, int places, int width) {
        Walk walk = new Walk(
                now, deadline, Math.max(1, Math.ceilDiv(places, plan.breadth().paths())), width);
        List<Candidate> beyondShare = new ArrayList<>(0);
        SubnetTally tally = new SubnetTally(plan.subnets());
        for (Candidate candidate : candidates.values()) {
            boolean counts = !candidate.is(State.FAILED) && !walk.isOverdue(candidate);
            if (counts && !tally.takes(candidate.contact().endpoint())) {
                beyondShare.add(candidate);
            } else if (walk.visit(candidate)) {
                return walk.end();
            }
        }
        for (Candidate candidate : beyondShare) {
            if (walk.visit(candidate)) {
                return walk.end();
            }
        }
        return walk.end();
    }

    /** One walk through the candidates, and what it has found so far. */
    private final class Walk {

        private final long now;
        private final int places;
        private final int width;

        /** How many of the requests of this path that are under way and not overdue are likely to be answered. */
        private double prompt;

        /** Whether a candidate is to be asked again, but not yet. */
        private boolean pausing;

        private int heard;
        private int overdue;
        private long wakeAt;
        private boolean mustWait;
        private Optional<Candidate> fastest = Optional.empty();

        Walk(long now, long deadline, int places, int width) {
            this.now = now;
            this.places = places;
            this.width = width;
            this.wakeAt = deadline;
            for (Candidate candidate : candidates.values()) {
                if (isAwaited(candidate)) {
                    prompt += candidate.isAskedBy(Path.this) ? candidate.chance() : 0;
                    wakeAt = Math.min(wakeAt, overdueAt(candidate));
                } else if (isPausing(candidate)) {
                    pausing = true;
                }
            }
        }

        private long overdueAt(Candidate candidate) {
            return candidate.overdueAt(plan.pace().patienceNanos());
        }

        private boolean isAwaited(Candidate candidate) {
            return candidate.is(State.WAITING) && overdueAt(candidate) - now > 0;
        }

        private boolean isPausing(Candidate candidate) {
            return candidate.is(State.UNFINISHED) && candidate.askAgainAt() - now > 0;
        }

        boolean isOverdue(Candidate candidate) {
            return candidate.is(State.WAITING) && !candidate.isHeard() && !isAwaited(candidate);
        }

        /** Looks at the next candidate. Returns whether the walk is over. */
        boolean visit(Candidate candidate) {
            heard += candidate.isHeard() ? 1 : 0;
            if (isOverdue(candidate)) {
                overdue++;
            } else if (isAwaited(candidate)) {
                mustWait = true;
            } else if (isPausing(candidate)) {
                waitUntil(candidate.askAgainAt());
            } else if (isOursToAsk(candidate)) {
                if (prompt < places - HALF_A_PLACE && !isStaggering(now)) {
                    boolean mayBeOutdone = candidate.isPromising();
                    if (fastest.isEmpty() || (mayBeOutdone && candidate.isFasterThan(fastest.get()))) {
                        fastest = Optional.of(candidate);
                    }
                    return !mayBeOutdone || heard == width;
                }
                waitUntil(isStaggering(now) ? askAgainAt : wakeAt);
                // Those behind it cannot be asked either, and only one that pauses could end the wait sooner.
                return heard == width || !pausing;
            }
            return heard == width;
        }

        private void waitUntil(long time) {
            mustWait = true;
            wakeAt = Math.min(wakeAt, time);
        }

        Step end() {
            if (fastest.isPresent()) {
                fastest.get().ask(Path.this, now);
                staggering = true;
                askAgainAt = now + plan.pace().staggerNanos();
                return new Step.Ask(fastest.get().contact());
            }
            boolean hopes = mustWait || (overdue > 0 && heard < width);
            return hopes ? new Step.Wait(wakeAt) : DONE;
        }
    }

    private boolean isOursToAsk(Candidate candidate) {
        return candidate.is(State.NEW) || (candidate.is(State.UNFINISHED) && candidate.isAskedBy(this));
    }

    private boolean isStaggering(long now) {
        return staggering && askAgainAt - now > 0;
    }

    /** Notes an answer or a failure, after which the next candidate may be asked at once. */
    void endStagger() {
        staggering = false;
    }

    Optional<Candidate> find(NodeId nodeId) {
        return Optional.ofNullable(candidates.get(nodeId));
    }

    /**
     * Adds a contact; if there are too many candidates, the farthest is dropped.
     *
     * @param create makes a candidate of the contact, or finds the one that another path has
     */
    void add(Contact contact, Function<Contact, Candidate> create) {
        if (!candidates.containsKey(contact.nodeId())) {
            candidates.put(contact.nodeId(), create.apply(contact));
            if (candidates.size() > plan.breadth().maxCandidates()) {
                candidates.pollLastEntry();
            }
        }
    }

    /** Returns the candidates, nearest first. */
    Iterable<Candidate> candidates() {
        return candidates.values();
    }
}
