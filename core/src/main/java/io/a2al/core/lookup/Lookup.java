package io.a2al.core.lookup;

import io.a2al.core.lookup.Candidate.State;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.record.VerifiedRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * An iterative Kademlia lookup (node.md section 10), stepped by its owner: {@link #next} says what to do, answers and
 * failures are reported back, and {@code next} is asked again. Hazards and the answers to them:
 *
 * <ul>
 *   <li><b>Slow nodes</b> must not hold up a lookup: a request unanswered for longer than the settings' patience no
 *       longer occupies one of the α places, and the end does not wait for it once enough others answered. Its answer is
 *       still welcome (known-defects D-14).
 *   <li><b>Invented nodes</b> near the target: only nodes that answered are part of the result, and silent ones do not
 *       count among the K nearest.
 *   <li><b>Endless referrals:</b> the number of candidates is bounded; the farthest are forgotten.
 * </ul>
 *
 * Contacts must be genuine and usable; the owner filters. Times in nanoseconds. Not thread-safe.
 */
public final class Lookup {

    private static final Step DONE = new Step.Done();

    /** A node that had nothing it could send will have room for it when the next question comes. */
    private static final long PAUSE = Duration.ofMillis(30).toNanos();

    /**
     * A node that kept its answer short sends a PING right behind it. Long enough for that to come even if it is a little
     * late, and for our answer to it to arrive before the next question does.
     */
    private static final long PAUSE_FOR_PROOF = Duration.ofMillis(100).toNanos();

    private final LookupSettings settings;
    private final NodeId self;
    private final Goal goal;
    private final long startedAt;
    private final long deadline;
    private final TreeMap<NodeId, Candidate> candidates;

    private int asked;
    private int answered;
    private int hops;
    private boolean complete;

    /** A lookup that begins with {@code seeds} and is cut short at {@code deadline}. */
    public Lookup(
            LookupSettings settings,
            NodeId self,
            NodeId target,
            Goal goal,
            List<Contact> seeds,
            long now,
            long deadline) {
        this.settings = settings;
        this.self = self;
        this.goal = goal;
        this.startedAt = now;
        this.deadline = deadline;
        this.candidates = new TreeMap<>(target.byDistance());
        seeds.forEach(seed -> addCandidate(seed, 0));
    }

    /** What to do next. */
    public Step next(long now) {
        if (now - deadline >= 0) {
            return DONE;
        }
        if (goal.satisfiedAt() != Goal.NEVER && now - goal.satisfiedAt() >= 0) {
            complete = true;
            return DONE;
        }
        return explore(now);
    }

    /** Walks the candidates, nearest first, until K of them were heard or one is found to ask. */
    private Step explore(long now) {
        int prompt = countPrompt(now);
        int heard = 0;
        int overdue = 0;
        long wakeAt = deadline;
        boolean mustWait = false;
        for (Candidate candidate : candidates.values()) {
            if (heard == settings.width()) {
                break;
            }
            if (candidate.isHeard()) {
                heard++;
            }
            if (candidate.is(State.WAITING)) {
                long overdueAt = candidate.overdueAt(settings.patienceNanos());
                if (overdueAt - now > 0) {
                    mustWait = true;
                    wakeAt = Math.min(wakeAt, overdueAt);
                } else if (!candidate.isHeard()) {
                    overdue++;
                }
            } else if (candidate.is(State.UNFINISHED) && candidate.askAgainAt() - now > 0) {
                mustWait = true;
                wakeAt = Math.min(wakeAt, candidate.askAgainAt());
            } else if (candidate.is(State.NEW) || candidate.is(State.UNFINISHED)) {
                if (prompt < settings.concurrency()) {
                    candidate.ask(now);
                    asked += candidate.isHeard() ? 0 : 1;
                    return new Step.Ask(candidate.contact());
                }
                mustWait = true;
            }
        }
        if (mustWait || (overdue > 0 && heard < settings.width())) {
            return new Step.Wait(earliestWake(now, wakeAt));
        }
        complete = true;
        return DONE;
    }

    /** Requests under way that are not overdue, wherever their nodes are by now. */
    private int countPrompt(long now) {
        int prompt = 0;
        for (Candidate candidate : candidates.values()) {
            if (candidate.is(State.WAITING) && candidate.overdueAt(settings.patienceNanos()) - now > 0) {
                prompt++;
            }
        }
        return prompt;
    }

    private long earliestWake(long now, long wakeAt) {
        long earliest = goal.satisfiedAt() == Goal.NEVER ? wakeAt : Math.min(wakeAt, goal.satisfiedAt());
        for (Candidate candidate : candidates.values()) {
            long overdueAt = candidate.overdueAt(settings.patienceNanos());
            if (candidate.is(State.WAITING) && overdueAt - now > 0) {
                earliest = Math.min(earliest, overdueAt);
            }
        }
        return earliest;
    }

    /**
     * Reports an answer; a late one, too.
     *
     * @param completeness whether the node should be asked for more
     */
    public void onReply(
            long now, NodeId from, List<Contact> nodes, List<VerifiedRecord> records, Completeness completeness) {
        Candidate candidate = candidates.get(from);
        int nextHop = 1;
        if (candidate != null) {
            answered += candidate.isHeard() ? 0 : 1;
            candidate.answer();
            hops = Math.max(hops, candidate.hops());
            nextHop = candidate.hops() + 1;
        }
        for (Contact node : nodes) {
            addCandidate(node, nextHop);
        }
        boolean news = goal.onRecords(now, records);
        if (candidate != null && candidate.leftovers().note(completeness, records, news, goal.wantsEverything())) {
            candidate.leaveUnfinished(now + pauseAfter(completeness));
        }
    }

    private static long pauseAfter(Completeness completeness) {
        return switch (completeness) {
            case WHOLE, RECORDS_LEFT_OUT, RECORDS_RATIONED -> 0;
            case NODES_LEFT_OUT -> PAUSE_FOR_PROOF;
            case EMPTY -> PAUSE;
        };
    }

    /** Reports that no answer came, or that the question could not be sent. */
    public void onFailure(NodeId from) {
        Candidate candidate = candidates.get(from);
        if (candidate != null) {
            candidate.fail();
        }
    }

    private void addCandidate(Contact contact, int hop) {
        if (contact.nodeId().equals(self)) {
            return;
        }
        candidates.putIfAbsent(contact.nodeId(), new Candidate(contact, hop));
        if (candidates.size() > settings.maxCandidates()) {
            candidates.pollLastEntry();
        }
    }

    /** The nodes that answered, nearest first, at most K. */
    public List<Contact> nearest() {
        List<Contact> nearest = new ArrayList<>();
        for (Candidate candidate : candidates.values()) {
            if (candidate.isHeard() && nearest.size() < settings.width()) {
                nearest.add(candidate.contact());
            }
        }
        return nearest;
    }

    /** The records found, newest first. */
    public List<VerifiedRecord> records() {
        return goal.records();
    }

    /** How it went, as of {@code now}. */
    public LookupReport report(long now) {
        return new LookupReport(asked, answered, hops, Duration.ofNanos(now - startedAt), complete);
    }
}
