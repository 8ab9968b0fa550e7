package io.a2al.core.lookup;

import io.a2al.core.NodeSettings;
import io.a2al.core.api.Failure;
import io.a2al.core.api.LookupOptions;
import io.a2al.core.bounds.Occupancy;
import io.a2al.core.guard.Guard;
import io.a2al.core.guard.SubnetShare;
import io.a2al.core.liveness.PeerHealth;
import io.a2al.core.routing.ContactLearning;
import io.a2al.core.routing.OwnAddressProofs;
import io.a2al.core.routing.RecentContacts;
import io.a2al.core.routing.RoutingTable;
import io.a2al.core.rpc.ReplyHandler;
import io.a2al.core.rpc.Requests;
import io.a2al.core.time.NodeTime;
import io.a2al.core.time.TimerName;
import io.a2al.core.time.Timers;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.ResponseBudget;
import io.a2al.protocol.record.RecordPolicy;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.VerifiedRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Runs lookups over {@link Requests}: seeds them, asks whom they want asked, hands them what is acceptable of each
 * answer. Not thread-safe.
 */
public final class LookupRunner {

    private static final int MAX_CANDIDATES = 256;

    /** Where our neighbourhood begins at this bucket or before it, there are some 250 nodes at the most. */
    private static final int SMALL_NETWORK = 3;

    /** What fits into three times the bytes of a question is fewer than this, even if nothing was sent before. */
    private static final int MAX_NODES_WITHOUT_PROOF = 6;

    private static final long MIN_PATIENCE = Duration.ofMillis(50).toNanos();
    private static final long MAX_PATIENCE = Duration.ofSeconds(1).toNanos();

    /** Takes a lookup that is over. */
    @FunctionalInterface
    public interface Completion {
        void onDone(NodeTime now, Lookup lookup);
    }

    private final NodeSettings.Lookups settings;
    private final SubnetShare subnets;
    private final RecordPolicy policy;
    private final NodeId self;
    private final RoutingTable table;
    private final RecentContacts recent;
    private final PeerHealth health;
    private final Requests requests;
    private final Timers timers;
    private final OwnAddressProofs introductions;
    private final Guard guard;
    private final Set<Run> running = new LinkedHashSet<>();
    private long started;

    public LookupRunner(
            NodeSettings settings,
            NodeId self,
            RoutingTable table,
            RecentContacts recent,
            PeerHealth health,
            Requests requests,
            Timers timers,
            OwnAddressProofs introductions,
            Guard guard) {
        this.settings = settings.lookups();
        this.subnets = settings.guard().lookupShare();
        this.policy = settings.policy();
        this.self = self;
        this.table = table;
        this.recent = recent;
        this.health = health;
        this.requests = requests;
        this.timers = timers;
        this.introductions = introductions;
        this.guard = guard;
    }

    /**
     * Looks for the nodes nearest to {@code target}; false at the limit of lookups, the completion is then not called.
     */
    public boolean findNodes(NodeTime now, NodeId target, Goal goal, LookupOptions options, Completion completion) {
        return start(now, target, new Message.FindNode(target), RecordType.ANY, goal, options, completion);
    }

    /** Like {@link #findNodes(NodeTime, NodeId, Goal, LookupOptions, Completion)}, in the node's own way. */
    public boolean findNodes(NodeTime now, NodeId target, Goal goal, Duration timeout, Completion completion) {
        return findNodes(now, target, goal, LookupOptions.within(timeout), completion);
    }

    /**
     * Gets to know nodes near {@code target}, for a bucket of the routing table. In a small network all of these are
     * neighbours, which are to know each other even if datagrams are lost.
     */
    public void visit(NodeTime now, NodeId target) {
        boolean small = table.size() < RoutingTable.K || table.lastToRefresh() <= SMALL_NETWORK;
        Goal goal = small ? new FindNodes() : FindNodes.cursory();
        findNodes(now, target, goal, settings.timeout(), (later, lookup) -> {});
    }

    /** Looks for records at {@code key}; false at the limit of lookups, the completion is then not called. */
    public boolean findRecords(
            NodeTime now, NodeId key, int type, Goal goal, LookupOptions options, Completion completion) {
        return start(now, key, new Message.FindValue(key, type, false), type, goal, options, completion);
    }

    /** Like {@link #findRecords(NodeTime, NodeId, int, Goal, LookupOptions, Completion)}, in the node's own way. */
    public boolean findRecords(NodeTime now, NodeId key, int type, Goal goal, Duration timeout, Completion completion) {
        return findRecords(now, key, type, goal, LookupOptions.within(timeout), completion);
    }

    /** Numbers about lookups. */
    public LookupStatistics statistics(long readRepairs) {
        return new LookupStatistics(new Occupancy(running.size(), settings.maxRunning()), started, readRepairs);
    }

    private boolean start(
            NodeTime now,
            NodeId target,
            Message question,
            int type,
            Goal goal,
            LookupOptions options,
            Completion completion) {
        if (running.size() >= settings.maxRunning()) {
            return false;
        }
        started++;
        table.noteLookup(target, now.nanos());
        Lookup lookup = new Lookup(
                settingsFor(goal, options),
                self,
                target,
                goal,
                seeds(now, target),
                now.nanos(),
                now.nanos() + options.timeout().toNanos());
        Run run = new Run(lookup, target, question, type, completion);
        running.add(run);
        run.proceed(now);
        return true;
    }

    /** Ends the lookup with this completion, which is not called then; nothing happens if it is over already. */
    public void cancel(Completion completion) {
        running.removeIf(run -> {
            boolean meant = run.completion == completion;
            run.over |= meant;
            return meant;
        });
    }

    private LookupSettings settingsFor(Goal goal, LookupOptions options) {
        boolean chosen = options.concurrency() > 0;
        return new LookupSettings(
                chosen ? options.concurrency() : settings.concurrency(),
                chosen ? options.concurrency() : settings.holderConcurrency(),
                patience(),
                options.stagger().map(Duration::toNanos).orElseGet(() -> stagger(goal)),
                RoutingTable.K,
                MAX_CANDIDATES,
                options.paths(),
                subnets);
    }

    /**
     * Where one answer is enough, the next question waits for a round trip before it is asked as well; where more
     * answers are wanted, that would only take time (docs/decisions/lookups.md).
     */
    private long stagger(Goal goal) {
        return goal.isOneAnswerEnough()
                ? health.medianRoundTrip(settings.initialStagger().toNanos())
                : 0;
    }

    /**
     * The nearest of the routing table, and the nearest of those who answered lately beside it. Both, since the table
     * cannot be filled by whoever has many addresses, and the others are nearer, as there are more of them. Who missed
     * the latest question is none of the others: nobody looks after those, so it has probably gone.
     */
    private List<Contact> seeds(NodeTime now, NodeId target) {
        List<Contact> seeds = new ArrayList<>(table.nearest(
                target,
                RoutingTable.K,
                contact -> health.stateOf(contact.nodeId(), now.nanos()) != PeerHealth.State.BAD));
        seeds.addAll(recent.nearest(
                target,
                RoutingTable.K,
                now.nanos(),
                contact -> health.answeredLast(contact.nodeId())
                        && table.find(contact.nodeId()).isEmpty()));
        return seeds.isEmpty() ? table.nearest(target, RoutingTable.K, contact -> true) : seeds;
    }

    private long patience() {
        long median = health.medianRoundTrip(0);
        return median == 0 ? settings.initialPatience().toNanos() : Math.clamp(3 * median, MIN_PATIENCE, MAX_PATIENCE);
    }

    private final class Run {

        private final Lookup lookup;
        private final NodeId target;
        private final Message question;
        private final int type;
        private final Completion completion;
        private final Timers.Timer timer = timers.create(TimerName.LOOKUP, this::proceed);
        private boolean over;

        Run(Lookup lookup, NodeId target, Message question, int type, Completion completion) {
            this.lookup = lookup;
            this.target = target;
            this.question = question;
            this.type = type;
            this.completion = completion;
        }

        void proceed(NodeTime now) {
            while (!over) {
                switch (lookup.next(now.nanos())) {
                    case Step.Ask(Contact contact) -> ask(now, contact);
                    case Step.Wait(long until) -> {
                        timer.setAtMost(until);
                        return;
                    }
                    case Step.Done() -> {
                        over = true;
                        timer.cancel();
                        running.remove(this);
                        completion.onDone(now, lookup);
                    }
                }
            }
        }

        /** Whom we know by now is asked where it is, and not where others said it was before (known-defects D-02). */
        private void ask(NodeTime now, Contact told) {
            Optional<Contact> known = table.find(told.nodeId());
            Contact contact = known.orElse(told);
            boolean hearsay = known.isEmpty();
            ReplyHandler handler = new ReplyHandler() {
                @Override
                public boolean mayAttempt(NodeTime later) {
                    return !hearsay || guard.mayAsk(later, contact.endpoint(), question);
                }

                @Override
                public void onReply(NodeTime later, Reply reply) {
                    lookup.onReply(
                            later.nanos(),
                            contact,
                            usable(later, reply.message(), reply.node().endpoint()),
                            acceptable(later, reply.records()),
                            completenessOf(reply, later.nanos() - reply.roundTripNanos()));
                    proceed(later);
                }

                @Override
                public void onFailure(NodeTime later, Failure failure) {
                    lookup.onFailure(contact.nodeId());
                    proceed(later);
                }
            };
            if (!requests.ask(now, contact, question, handler)) {
                lookup.onFailure(contact.nodeId());
            }
        }

        /**
         * Contacts worth asking: who was silent to us lately is not tried again because others still know it. Where we
         * know better, the endpoint told does not count (known-defects D-02).
         */
        private List<Contact> usable(NodeTime now, Message answer, Endpoint teller) {
            return nodesIn(answer).stream()
                    .filter(contact -> ContactLearning.isUsable(contact, teller))
                    .filter(contact -> !health.failedRecently(contact.nodeId(), now.nanos()))
                    .map(contact -> table.find(contact.nodeId())
                            .orElseGet(() -> contact.at(contact.endpoint().unmapped())))
                    .toList();
        }

        /**
         * What may be missing from an answer. A node without proof of our address sends no more than three times what
         * it got (known-defects D-04): records one by one, few nodes, or nothing at all if what it has is too large.
         */
        private Completeness completenessOf(ReplyHandler.Reply reply, long askedAt) {
            NodeId node = reply.node().nodeId();
            // In a small network everybody knows few nodes, and whoever has seen us once still has us in its table.
            boolean proven = table.size() < RoutingTable.K
                    ? introductions.wereEverMadeTo(node, askedAt)
                    : introductions.wereMadeTo(node, askedAt);
            List<Contact> nodes = nodesIn(reply.message());
            if (reply.message() instanceof Message.FindValueResponse response
                    && !response.records().isEmpty()) {
                if (!proven) {
                    return Completeness.RECORDS_RATIONED;
                }
                return ResponseBudget.isProbablyCut(response.records())
                        ? Completeness.RECORDS_LEFT_OUT
                        : Completeness.WHOLE;
            }
            if (proven || nodes.size() > MAX_NODES_WITHOUT_PROOF) {
                return Completeness.WHOLE;
            }
            if (nodes.isEmpty() && reply.message() instanceof Message.FindValueResponse) {
                return Completeness.EMPTY;
            }
            // Where nobody ever asked for proof, we answer nobody, and another question would change nothing.
            return introductions.isEmpty() ? Completeness.WHOLE : Completeness.NODES_LEFT_OUT;
        }

        private static List<Contact> nodesIn(Message answer) {
            return switch (answer) {
                case Message.FindNodeResponse response -> response.nodes();
                case Message.FindValueResponse response -> response.nodes();
                default -> List.of();
            };
        }

        private List<VerifiedRecord> acceptable(NodeTime now, List<VerifiedRecord> records) {
            return records.stream()
                    .filter(verified ->
                            type == RecordType.ANY || verified.record().type() == type)
                    .filter(verified -> verified.isValidAt(now.unixSeconds()))
                    .filter(verified -> policy.allows(target, verified, now.unixSeconds()))
                    .toList();
        }
    }
}
