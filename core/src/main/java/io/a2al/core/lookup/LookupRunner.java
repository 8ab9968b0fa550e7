package io.a2al.core.lookup;

import io.a2al.core.api.Failure;
import io.a2al.core.api.LookupOptions;
import io.a2al.core.bounds.NetworkAssumptions;
import io.a2al.core.bounds.Occupancy;
import io.a2al.core.guard.Guard;
import io.a2al.core.guard.SubnetShare;
import io.a2al.core.routing.ContactMemory;
import io.a2al.core.routing.KeyDensity;
import io.a2al.core.routing.Peers;
import io.a2al.core.routing.RoutingTable;
import io.a2al.core.rpc.ReplyHandler;
import io.a2al.core.rpc.Requests;
import io.a2al.core.time.Clockwork;
import io.a2al.core.time.NodeTime;
import io.a2al.core.time.TimerName;
import io.a2al.core.time.Timers;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.record.RecordPolicy;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Runs lookups over {@link Requests}: chooses where each starts, sends its requests, and passes it the acceptable part
 * of each answer. Not thread-safe.
 */
public final class LookupRunner {

    /** Called with a lookup that has ended. */
    @FunctionalInterface
    public interface Completion {
        void onDone(NodeTime now, Lookup lookup);

        /** Returns what follows the steps of the lookup; nothing by default. */
        default Optional<LookupTrace> trace() {
            return Optional.empty();
        }
    }

    /**
     * What lookups accept, whatever the settings.
     *
     * @param policy which records are permitted at which key
     * @param subnets how many of the nearest nodes may be in one network, as long as there are nodes in other networks
     * @param replicas the same of the nodes that hold a record
     * @param assumptions what is taken for granted about answers and networks
     * @param density when a key looks surrounded
     */
    public record Rules(
            RecordPolicy policy,
            SubnetShare subnets,
            SubnetShare replicas,
            NetworkAssumptions assumptions,
            KeyDensity density) {

        SubnetShare shareOf(Goal goal) {
            return goal.quorum().isPresent() ? replicas : subnets;
        }
    }

    private final LookupSettings settings;
    private final Rules rules;
    private final NodeId self;
    private final Message.Ping ping;
    private final LookupPlanner planner;
    private final AnswerChecks checks;
    private final AnswerRates rates = new AnswerRates();
    private final RoutingTable table;
    private final ContactMemory memory;
    private final Requests requests;
    private final Timers timers;
    private final VicinityFinder vicinities;
    private final Guard guard;
    private final Set<Run> running = new LinkedHashSet<>();
    private final LookupCounts counts = new LookupCounts();
    private long started;

    public LookupRunner(
            LookupSettings settings,
            Rules rules,
            Address self,
            Peers peers,
            Requests requests,
            Clockwork clockwork,
            Guard guard) {
        this.settings = settings;
        this.rules = rules;
        this.self = NodeId.ofAddress(self);
        this.ping = new Message.Ping(self);
        this.planner = new LookupPlanner(settings, rules, peers, rates, requests);
        this.checks = new AnswerChecks(rules, peers);
        this.table = peers.table();
        this.memory = peers.memory();
        this.requests = requests;
        this.timers = clockwork.timers();
        this.vicinities = new VicinityFinder(
                rules.density(),
                rules.replicas(),
                peers,
                clockwork.random(),
                (now, target, goal, timeout, completion) -> findNodes(
                        now,
                        target,
                        goal,
                        LookupOptions.within(timeout).withConcurrency(LookupPlan.IN_VICINITY.concurrency()),
                        completion));
        this.guard = guard;
    }

    /** Subscribes to keys that look surrounded; listeners are called in the order in which they subscribed. */
    public void subscribe(SurroundedListener listener) {
        vicinities.subscribe(listener);
    }

    /**
     * Starts to look for the nodes nearest to {@code target}. Returns false at the limit of lookups; the completion is
     * not called then.
     */
    public boolean findNodes(NodeTime now, NodeId target, Goal goal, LookupOptions options, Completion completion) {
        return start(now, target, new Message.FindNode(target), RecordType.ANY, goal, options, completion);
    }

    /** Like {@link #findNodes(NodeTime, NodeId, Goal, LookupOptions, Completion)}, with the node's own choices. */
    public boolean findNodes(NodeTime now, NodeId target, Goal goal, Completion completion) {
        return findNodes(now, target, goal, ownChoices(), completion);
    }

    /** Starts to look for the nodes nearest to our own node, which fills the nearest buckets of the routing table. */
    public boolean findNeighbours(NodeTime now, Completion completion) {
        return findNodes(now, self, FindNodes.neighbours(), completion);
    }

    private LookupOptions ownChoices() {
        return LookupOptions.within(settings.timing().timeout());
    }

    /**
     * Starts to look for nodes near {@code target}, to fill its bucket of the routing table. Once enough nodes are
     * known that belong there, they are pinged and not asked for more, and the lookup ends when the bucket is full. In
     * a small network all nodes are neighbours, which must know each other even if datagrams are lost, so that the
     * lookup is thorough there.
     */
    public void visit(NodeTime now, NodeId target) {
        boolean small = table.size() < RoutingTable.K
                || table.lastToRefresh() <= rules.assumptions().smallNetworkBucket();
        Goal goal = small ? FindNodes.neighbours() : FindNodes.cursory();
        findNodes(now, target, goal, (later, lookup) -> {});
    }

    /**
     * Starts to look for records at {@code key}. Returns false at the limit of lookups; the completion is not called
     * then.
     */
    public boolean findRecords(
            NodeTime now, NodeId key, int type, Goal goal, LookupOptions options, Completion completion) {
        return start(now, key, new Message.FindValue(key, type, false), type, goal, options, completion);
    }

    /**
     * Like {@link #findRecords(NodeTime, NodeId, int, Goal, LookupOptions, Completion)}, with the node's own choices.
     */
    public boolean findRecords(NodeTime now, NodeId key, int type, Goal goal, Completion completion) {
        return findRecords(now, key, type, goal, ownChoices(), completion);
    }

    /** Returns the statistics of lookups. */
    public LookupStatistics statistics(long readRepairs) {
        return new LookupStatistics(
                new Occupancy(running.size(), settings.limits().maxRunning()),
                started,
                readRepairs,
                vicinities.suspected(),
                vicinities.surrounded(),
                counts.snapshot());
    }

    private boolean start(
            NodeTime now,
            NodeId target,
            Message question,
            int type,
            Goal goal,
            LookupOptions options,
            Completion completion) {
        if (running.size() >= settings.limits().maxRunning()) {
            return false;
        }
        started++;
        table.noteLookup(target, now.nanos());
        LookupPlanner.Beginning beginning = planner.plan(now, target, goal, options);
        Lookup lookup = new Lookup(
                beginning.plan(),
                self,
                target,
                goal,
                beginning.seeds(),
                now.nanos(),
                now.nanos() + options.timeout().toNanos());
        Search search = new Search(target, question, type, LookupKind.of(goal), goal.wantsVicinity());
        Run run = new Run(lookup, search, now, beginning.hopeUntil(), completion);
        running.add(run);
        run.proceed(now);
        return true;
    }

    /** Ends the lookup with this completion, which is not called then; nothing happens if it is over already. */
    public void cancel(Completion completion) {
        running.removeIf(run -> {
            boolean meant = run.completion.equals(completion);
            if (meant) {
                run.over = true;
                run.timer.cancel();
            }
            return meant;
        });
    }

    /**
     * What is looked for, and why.
     *
     * @param wantsVicinity true if more nodes are wanted if the target looks surrounded
     */
    private record Search(NodeId target, Message question, int type, LookupKind kind, boolean wantsVicinity) {

        /** Returns true if nodes are wanted for the bucket of the target, whichever. */
        boolean fillsBucket() {
            return kind == LookupKind.BUCKET;
        }
    }

    private final class Run {

        private final Lookup lookup;
        private final Search search;
        private final Completion completion;
        private final Steps steps;
        private final Timers.Timer timer = timers.create(TimerName.LOOKUP, this::proceed);

        /** When the lookup ends without a first answer; {@link Goal#NEVER} if it goes on. */
        private long hopeUntil;

        /** Contacts that answered after this time need not be asked again. */
        private final long freshSince;

        private boolean mayWiden;
        private boolean over;

        Run(Lookup lookup, Search search, NodeTime now, long hopeUntil, Completion completion) {
            this.lookup = lookup;
            this.search = search;
            this.hopeUntil = hopeUntil;
            this.freshSince = now.nanos() - settings.repetition().fresh().toNanos();
            this.mayWiden = search.wantsVicinity();
            this.completion = completion;
            this.steps = new Steps(completion.trace(), search.target(), now);
        }

        void proceed(NodeTime now) {
            while (!over) {
                switch (isHopeless(now) || isBucketFull() ? new Step.Done() : lookup.next(now.nanos())) {
                    case Step.Ask(Contact contact) -> ask(now, contact);
                    case Step.Wait(long until) -> {
                        timer.setAtMost(Math.min(until, hopeUntil));
                        return;
                    }
                    case Step.Done() -> {
                        over = true;
                        timer.cancel();
                        endOrWiden(now);
                    }
                }
            }
        }

        private void endOrWiden(NodeTime now) {
            if (mayWiden && vicinities.looksSurrounded(now, search.target(), lookup)) {
                mayWiden = false;
                vicinities.find(now, search.target(), lookup, lookup.timeLeft(now.nanos()), this::widen);
            } else {
                running.remove(this);
                counts.count(search.kind(), lookup, isBucketFull(), now.nanos());
                completion.onDone(now, lookup);
            }
        }

        /** Goes on with the nodes of the vicinity, if the key is surrounded and the lookup was not cancelled. */
        private void widen(NodeTime now, Optional<Vicinity> vicinity) {
            if (!running.contains(this)) {
                return;
            }
            boolean asking = search.question() instanceof Message.FindValue;
            vicinity.ifPresent(found -> lookup.widen(found, asking));
            over = vicinity.isEmpty() || !asking;
            if (over) {
                endOrWiden(now);
            } else {
                proceed(now);
            }
        }

        private boolean isHopeless(NodeTime now) {
            hopeUntil = lookup.isAnswered() ? Goal.NEVER : hopeUntil;
            return hopeUntil != Goal.NEVER && now.nanos() - hopeUntil >= 0;
        }

        private boolean isBucketFull() {
            return search.fillsBucket() && table.countVerifiedSince(search.target(), freshSince) == RoutingTable.K;
        }

        /** Returns true if enough nodes are known that belong into the bucket, so that they only have to answer. */
        private boolean areCandidatesKnown() {
            return search.fillsBucket()
                    && lookup.countLive(node -> table.isSameBucket(node, search.target())) >= RoutingTable.K;
        }

        /** Asks a known contact at the endpoint of our routing table, not at the one that other nodes told (D-02). */
        private void ask(NodeTime now, Contact told) {
            Optional<Contact> known = table.find(told.nodeId());
            Contact contact = known.orElse(told);
            boolean hearsay = known.isEmpty();
            boolean answersSuffice = areCandidatesKnown();
            if (answersSuffice && table.isVerifiedSince(contact.nodeId(), freshSince)) {
                lookup.onReply(now.nanos(), contact, List.of(), List.of(), Completeness.WHOLE);
                return;
            }
            double chance = memory.chanceOf(contact.nodeId(), now.nanos());
            Message question = answersSuffice ? ping : search.question();
            ReplyHandler handler = new ReplyHandler() {
                private boolean attempted;

                @Override
                public boolean mayAttempt(NodeTime later) {
                    boolean repeats = attempted;
                    attempted = true;
                    return !(repeats && hopeUntil != Goal.NEVER)
                            && (!hearsay || guard.mayAsk(later, contact, question));
                }

                @Override
                public void onReply(NodeTime later, Reply reply) {
                    rates.note(chance, true);
                    List<Contact> nodes = checks.usable(later, reply);
                    List<VerifiedRecord> records = checks.acceptable(later, search.target(), search.type(), reply);
                    Completeness completeness = checks.completenessOf(reply, later.nanos() - reply.roundTripNanos());
                    steps.answered(later, contact, reply.roundTripNanos(), nodes, records, completeness);
                    lookup.onReply(later.nanos(), contact, nodes, records, completeness);
                    proceed(later);
                }

                @Override
                public void onFailure(NodeTime later, Failure failure) {
                    if (failure == Failure.TIMEOUT) {
                        rates.note(chance, false);
                    }
                    steps.failed(later, contact, failure);
                    lookup.onFailure(contact.nodeId());
                    proceed(later);
                }
            };
            steps.asked(now, contact);
            if (!requests.ask(now, contact, question, handler)) {
                steps.failed(now, contact, Failure.LOCAL);
                lookup.onFailure(contact.nodeId());
            }
        }
    }
}
