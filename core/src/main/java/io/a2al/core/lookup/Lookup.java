package io.a2al.core.lookup;

import io.a2al.core.api.LookupReport;
import io.a2al.core.guard.SubnetTally;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.record.VerifiedRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * An iterative Kademlia lookup (node.md section 10), stepped by its owner: {@link #next} says what to do, the owner
 * reports answers and failures, and calls {@code next} again. Hazards and the answers to them:
 *
 * <ul>
 *   <li><b>Slow nodes</b> must not hold up a lookup. A request without an answer for longer than the plan's patience no
 *       longer occupies one of the α places, and the lookup does not wait for it once enough other nodes answered. A
 *       late answer still counts (known-defects D-14).
 *   <li><b>Invented nodes</b> near the target: only nodes that answered are part of the result, and nodes whose request
 *       timed out do not count among the K nearest.
 *   <li><b>Liars</b> on the way can lead a lookup to their accomplices only. Disjoint paths (S/Kademlia, Baumgart and
 *       Mies 2007) keep apart what was learnt along each; one path without liars is enough.
 *   <li><b>Eclipse:</b> many identities of a few networks surround a key. Nodes beyond a few of each network come last,
 *       in the order of asking and in the result, as long as there are nodes in other networks.
 *   <li><b>A surrounded key:</b> identities of many networks are nearer than all honest nodes. If the nearest nodes are
 *       improbably dense, the owner finds the nodes of the key's vicinity, which are asked as well.
 *   <li><b>Endless referrals:</b> the number of candidates is bounded; the farthest are dropped.
 * </ul>
 *
 * Contacts must be genuine and usable; the owner filters. Times in nanoseconds. Not thread-safe.
 */
public final class Lookup {

    private static final Step DONE = new Step.Done();

    /** Requests under way to holders beyond those whose answers end the lookup, as some may be dead. */
    private static final int SPARE_REQUESTS = 4;

    private final LookupPlan plan;
    private final NodeId self;
    private final Goal goal;
    private final long startedAt;
    private final long deadline;
    private final Comparator<NodeId> byDistance;
    private final List<Path> paths = new ArrayList<>();

    /** The nodes of the vicinity, once the key looks surrounded. */
    private Optional<Vicinity> vicinity = Optional.empty();

    private List<Path> walked = paths;

    /** Nodes heard of that probably have what is looked for. */
    private int near;

    private boolean exhausted;
    private int asked;
    private int answered;
    private int hops;
    private boolean complete;

    /** A lookup that starts from {@code seeds} and ends at {@code deadline} at the latest. */
    public Lookup(
            LookupPlan plan, NodeId self, NodeId target, Goal goal, List<Contact> seeds, long now, long deadline) {
        this.plan = plan;
        this.self = self;
        this.goal = goal;
        this.startedAt = now;
        this.deadline = deadline;
        this.byDistance = target.byDistance();
        for (int i = 0; i < plan.breadth().paths(); i++) {
            paths.add(new Path(plan, byDistance));
        }
        for (int i = 0; i < seeds.size(); i++) {
            addCandidate(paths.get(i % paths.size()), seeds.get(i), 0);
        }
    }

    /** Returns what to do next. */
    public Step next(long now) {
        if (now - deadline >= 0) {
            return DONE;
        }
        boolean satisfied = goal.satisfiedAt() != Goal.NEVER && now - goal.satisfiedAt() >= 0;
        if (satisfied && goal.widthInDoubt() == 0) {
            complete = true;
            return DONE;
        }
        long wakeAt = satisfied || goal.satisfiedAt() == Goal.NEVER ? deadline : Math.min(deadline, goal.satisfiedAt());
        int width = Math.min(plan.breadth().width(), satisfied ? goal.widthInDoubt() : goal.width());
        int places = places();
        boolean mustWait = false;
        for (Path path : walked) {
            switch (path.next(now, wakeAt, places, vicinity.isPresent() ? Integer.MAX_VALUE : width)) {
                case Step.Ask ask -> {
                    asked += isHeard(ask.contact().nodeId()) ? 0 : 1;
                    return ask;
                }
                case Step.Wait(long until) -> {
                    mustWait = true;
                    wakeAt = Math.min(wakeAt, until);
                }
                case Step.Done() -> {
                    // Other paths may not be done.
                }
            }
        }
        exhausted = !mustWait;
        complete = exhausted && isQuorumHeard();
        return mustWait ? new Step.Wait(wakeAt) : DONE;
    }

    /**
     * Returns how many requests may be under way: more once the holders that are wanted can be asked. As all lookups
     * end there, it costs few requests more, and is the last round trip for most.
     */
    private int places() {
        LookupSettings.Parallelism parallelism = vicinity.isPresent() ? LookupPlan.IN_VICINITY : plan.parallelism();
        return goal.wantsMoreHolders() || near >= goal.missingHolders()
                ? Math.min(parallelism.holderConcurrency(), goal.missingHolders() + SPARE_REQUESTS)
                : parallelism.concurrency();
    }

    private boolean isQuorumHeard() {
        if (goal.quorum().isEmpty()) {
            return true;
        }
        SubnetTally tally = new SubnetTally(plan.subnets());
        long heard =
                nearest().stream().filter(node -> tally.takes(node.endpoint())).count();
        return heard >= goal.quorum().get().majority();
    }

    /**
     * Reports an answer, which may come late.
     *
     * @param from the node that answered, at the endpoint that was asked
     * @param completeness whether the node should be asked for more
     */
    public void onReply(
            long now, Contact from, List<Contact> nodes, List<VerifiedRecord> records, Completeness completeness) {
        boolean news = goal.onRecords(now, from, records);
        Optional<Candidate> known = find(from.nodeId());
        if (known.isEmpty()) {
            // It was dropped, as enough nearer candidates are known.
            return;
        }
        Candidate candidate = known.get();
        answered += candidate.isHeard() ? 0 : 1;
        candidate.answer(from);
        hops = Math.max(hops, candidate.hops());
        candidate.askedBy().ifPresent(path -> {
            nodes.forEach(node -> addCandidate(path, node, candidate.hops() + 1));
            path.endStagger();
        });
        if (candidate.leftovers().note(completeness, records, news, goal)) {
            candidate.leaveUnfinished(now + pauseAfter(completeness));
        }
    }

    private long pauseAfter(Completeness completeness) {
        return switch (completeness) {
            case WHOLE, RECORDS_LEFT_OUT, RECORDS_RATIONED -> 0;
            case NODES_LEFT_OUT -> plan.repetition().pauseForProof().toNanos();
            case EMPTY -> plan.repetition().pause().toNanos();
        };
    }

    /** Reports that a request timed out or could not be sent. */
    public void onFailure(NodeId from) {
        find(from).ifPresent(candidate -> {
            candidate.fail();
            candidate.askedBy().ifPresent(Path::endStagger);
        });
    }

    private void addCandidate(Path path, Contact contact, int hop) {
        if (!contact.nodeId().equals(self) && goal.admits(contact.nodeId())) {
            path.add(contact, newcomer -> find(newcomer.nodeId()).orElseGet(() -> newCandidate(newcomer, hop)));
        }
    }

    private Candidate newCandidate(Contact contact, int hop) {
        Candidate candidate = new Candidate(contact, hop, plan);
        near += candidate.isPromising() ? 1 : 0;
        return candidate;
    }

    private Optional<Candidate> find(NodeId nodeId) {
        return find(paths, nodeId).or(() -> find(walked, nodeId));
    }

    private static Optional<Candidate> find(List<Path> paths, NodeId nodeId) {
        for (Path path : paths) {
            Optional<Candidate> found = path.find(nodeId);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** Returns true if the nearest nodes were all heard, and the goal was not reached before. */
    boolean isExhausted() {
        return exhausted;
    }

    /**
     * Goes on with all nodes of the vicinity, in their order. They name no further ones.
     *
     * @param asking false if the nodes are the result, and none has to be asked
     */
    void widen(Vicinity found, boolean asking) {
        vicinity = Optional.of(found);
        asked += found.asked();
        answered += found.answered();
        if (asking && !found.nodes().isEmpty()) {
            Map<NodeId, Integer> order = new HashMap<>();
            found.nodes().forEach(node -> order.put(node.nodeId(), order.size()));
            Path path = new Path(
                    plan.forVicinity(found.nodes().size()),
                    Comparator.comparing((NodeId node) -> order.getOrDefault(node, Integer.MAX_VALUE))
                            .thenComparing(Comparator.naturalOrder()));
            found.nodes().forEach(node -> addCandidate(path, node, 0));
            walked = List.of(path);
        }
    }

    /**
     * Returns the nodes of the vicinity that are to hold a record of a surrounded key; empty if it is not surrounded.
     */
    public List<Contact> vicinity() {
        return vicinity.map(Vicinity::nodes).orElse(List.of());
    }

    private boolean isHeard(NodeId nodeId) {
        return find(nodeId).filter(Candidate::isHeard).isPresent();
    }

    /**
     * Returns the nodes that answered, nearest first, at most K. Only a few of them are of one network, as long as
     * there are nodes in other networks.
     */
    public List<Contact> nearest() {
        return plan.subnets().diverseFirst(heard()).stream()
                .limit(plan.breadth().width())
                .sorted(Comparator.comparing(Contact::nodeId, byDistance))
                .toList();
    }

    /** Returns all nodes that answered, except those of the vicinity, nearest first. */
    List<Contact> heard() {
        SortedMap<NodeId, Contact> heard = new TreeMap<>(byDistance);
        for (Path path : paths) {
            for (Candidate candidate : path.candidates()) {
                if (candidate.isHeard()) {
                    heard.put(candidate.contact().nodeId(), candidate.contact());
                }
            }
        }
        return List.copyOf(heard.values());
    }

    int asked() {
        return asked;
    }

    int answered() {
        return answered;
    }

    /** Returns how long the lookup may still take. */
    Duration timeLeft(long now) {
        return Duration.ofNanos(Math.max(0, deadline - now));
    }

    /** Returns the records found, newest first. */
    public List<VerifiedRecord> records() {
        return goal.records();
    }

    /** Returns how many of the nodes heard of that {@code wanted} accepts have not failed to answer. */
    int countLive(Predicate<NodeId> wanted) {
        int live = 0;
        for (Path path : paths) {
            for (Candidate candidate : path.candidates()) {
                boolean counts = !candidate.is(Candidate.State.FAILED)
                        && wanted.test(candidate.contact().nodeId());
                live += counts ? 1 : 0;
            }
        }
        return live;
    }

    /** Returns true if any node has answered. */
    public boolean isAnswered() {
        return answered > 0;
    }

    /** Returns how the lookup went, as of {@code now}. */
    public LookupReport report(long now) {
        return new LookupReport(
                asked,
                answered,
                hops,
                Duration.ofNanos(now - startedAt),
                complete,
                goal.holders(),
                vicinity.isPresent());
    }
}
