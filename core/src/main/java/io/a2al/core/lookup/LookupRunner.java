package io.a2al.core.lookup;

import io.a2al.core.api.Failure;
import io.a2al.core.api.LookupOptions;
import io.a2al.core.bounds.NetworkAssumptions;
import io.a2al.core.bounds.Occupancy;
import io.a2al.core.guard.Guard;
import io.a2al.core.guard.SubnetShare;
import io.a2al.core.guard.SubnetTally;
import io.a2al.core.liveness.PeerHealth;
import io.a2al.core.lookup.LookupPlan.Breadth;
import io.a2al.core.lookup.LookupPlan.Pace;
import io.a2al.core.lookup.LookupSettings.Parallelism;
import io.a2al.core.lookup.LookupSettings.Patience;
import io.a2al.core.routing.ContactLearning;
import io.a2al.core.routing.ContactMemory;
import io.a2al.core.routing.KeyDensity;
import io.a2al.core.routing.Peers;
import io.a2al.core.routing.RoutingTable;
import io.a2al.core.rpc.OwnAddressProofs;
import io.a2al.core.rpc.ReplyHandler;
import io.a2al.core.rpc.Requests;
import io.a2al.core.time.Clockwork;
import io.a2al.core.time.NodeTime;
import io.a2al.core.time.TimerName;
import io.a2al.core.time.Timers;
import io.a2al.protocol.id.Address;
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

        private SubnetShare shareOf(Goal goal) {
            return goal.quorum().isPresent() ? replicas : subnets;
        }
    }

    private final LookupSettings settings;
    private final Rules rules;
    private final NodeId self;
    private final Message.Ping ping;
    private final Peers peers;
    private final AnswerRates rates = new AnswerRates();
    private final RoutingTable table;
    private final ContactMemory memory;
    private final PeerHealth health;
    private final Requests requests;
    private final Timers timers;
    private final VicinityFinder vicinities;
    private final OwnAddressProofs proofs;
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
        this.peers = peers;
        this.table = peers.table();
        this.memory = peers.memory();
        this.health = peers.health();
        this.proofs = peers.proofs();
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
        List<Contact> seeds = seeds(now, target, goal);
        boolean brief = hasLittleHope(seeds);
        Lookup lookup = new Lookup(
                brief ? briefPlanFor(goal, options) : planFor(now, target, goal, seeds, options),
                self,
                target,
                goal,
                brief ? seeds.subList(0, Math.min(seeds.size(), settings.brief().contacts())) : seeds,
                now.nanos(),
                now.nanos() + options.timeout().toNanos());
        long hopeUntil = now.nanos() + settings.brief().patience().toNanos();
        Search search = new Search(target, question, type, LookupKind.of(goal), goal.wantsVicinity());
        Run run = new Run(lookup, search, now, brief ? hopeUntil : Goal.NEVER, completion);
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

    private LookupPlan planFor(NodeTime now, NodeId target, Goal goal, List<Contact> seeds, LookupOptions options) {
        int chosen = options.concurrency();
        Pace pace =
                new Pace(patience(), options.stagger().map(Duration::toNanos).orElseGet(() -> stagger(goal)));
        int replicas = settings.direct().replicas();
        Prospects prospects = goal instanceof FindRecord && chosen == 0
                ? new Surroundings(peers, rates, target, now.nanos(), replicas, pace)
                : Prospects.NONE;
        boolean direct = seeds.stream().filter(prospects::isNear).count()
                >= settings.freshness().holdersWanted();
        return new LookupPlan(
                chosen > 0 ? new Parallelism(chosen, chosen) : direct ? inOneRoundTrip() : settings.parallelism(),
                pace,
                new Breadth(goal.width(), settings.limits().maxCandidates(), options.paths()),
                rules.shareOf(goal),
                settings.repetition(),
                prospects);
    }

    private Parallelism inOneRoundTrip() {
        int places = settings.direct().concurrency();
        return new Parallelism(places, Math.max(places, settings.parallelism().holderConcurrency()));
    }

    /** Returns true if no peer answers at present, or if none of these answered lately and no peer has since. */
    private boolean hasLittleHope(List<Contact> seeds) {
        return requests.isOutageSuspected()
                || (!seeds.isEmpty() && seeds.stream().allMatch(this::failedLast));
    }

    private boolean failedLast(Contact seed) {
        return health.failingSince(seed.nodeId())
                .filter(since -> !requests.isAnsweredSince(since))
                .isPresent();
    }

    private LookupPlan briefPlanFor(Goal goal, LookupOptions options) {
        int places = settings.brief().contacts() * options.paths();
        return new LookupPlan(
                new Parallelism(places, places),
                new Pace(patience(), 0),
                new Breadth(RoutingTable.K, settings.limits().maxCandidates(), options.paths()),
                rules.shareOf(goal),
                settings.repetition());
    }

    /**
     * Where one answer is enough, the next request waits for one round trip, and so it does where nodes are wanted for
     * a bucket, as the first answers name them; where more answers are wanted, waiting would only take time
     * (docs/decisions/lookups.md).
     */
    private long stagger(Goal goal) {
        return goal.isOneAnswerEnough() || !goal.wantsAllNodes()
                ? health.medianRoundTrip(settings.timing().initialStagger().toNanos())
                : 0;
    }

    /**
     * Returns the nearest contacts of the routing table, and beside it the nearest of the memory that are probably
     * there, few of each network. Both, because an attacker with many addresses cannot fill the table, and those of the
     * memory are nearer, as there are more of them.
     */
    private List<Contact> seeds(NodeTime now, NodeId target, Goal goal) {
        List<Contact> seeds = new ArrayList<>(table.nearest(
                target,
                RoutingTable.K,
                contact -> goal.admits(contact.nodeId())
                        && health.stateOf(contact.nodeId(), now.nanos()) != PeerHealth.State.BAD));
        SubnetTally tally = new SubnetTally(rules.subnets());
        seeds.addAll(memory.nearest(
                target,
                RoutingTable.K,
                now.nanos(),
                contact -> goal.admits(contact.nodeId())
                        && health.failures(contact.nodeId()) == 0
                        && table.find(contact.nodeId()).isEmpty()
                        && tally.takes(contact.endpoint())));
        seeds.addAll(goal.seeds());
        return seeds.isEmpty() ? table.nearest(target, RoutingTable.K, contact -> true) : seeds;
    }

    private long patience() {
        Patience patience = settings.timing().patience();
        long median = health.medianRoundTrip(0);
        return median == 0
                ? patience.initial().toNanos()
                : Math.clamp(
                        3 * median,
                        patience.shortest().toNanos(),
                        patience.longest().toNanos());
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
            boolean remembered = !hearsay || memory.contactOf(contact.nodeId()).isPresent();
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
                    rates.note(remembered, true);
                    List<Contact> nodes =
                            usable(later, reply.message(), reply.node().endpoint());
                    List<VerifiedRecord> records = acceptable(later, reply.records());
                    Completeness completeness = completenessOf(reply, later.nanos() - reply.roundTripNanos());
                    steps.answered(later, contact, reply.roundTripNanos(), nodes, records, completeness);
                    lookup.onReply(later.nanos(), contact, nodes, records, completeness);
                    proceed(later);
                }

                @Override
                public void onFailure(NodeTime later, Failure failure) {
                    if (failure == Failure.TIMEOUT) {
                        rates.note(remembered, false);
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

        /**
         * Returns the contacts worth asking. A node that left our requests unanswered lately is not asked again because
         * other nodes still name it. Where our routing table has the contact, its endpoint there counts (D-02).
         */
        private List<Contact> usable(NodeTime now, Message answer, Endpoint teller) {
            return nodesIn(answer).stream()
                    .filter(contact -> ContactLearning.isUsable(contact, teller))
                    .filter(contact -> !health.failedRecently(contact.nodeId(), now.nanos())
                            && !memory.isSilent(contact.nodeId(), now.nanos()))
                    .map(contact -> table.find(contact.nodeId())
                            .orElseGet(() -> contact.at(contact.endpoint().unmapped())))
                    .toList();
        }

        /**
         * Returns what may be missing from an answer. A node where our address is unverified keeps to the amplification
         * limit, three times the bytes that it got (known-defects D-04): unless our request was padded, it sends
         * records one by one, few nodes, or nothing at all if what it has is too large.
         */
        private Completeness completenessOf(ReplyHandler.Reply reply, long askedAt) {
            NodeId node = reply.node().nodeId();
            // In a small network all nodes know few contacts, and a node that verified us once still has us in its
            // table.
            boolean proven = reply.full() || (table.size() < RoutingTable.K && proofs.wereEverMadeTo(node, askedAt));
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
            if (proven
                    || reply.message() instanceof Message.Pong
                    || nodes.size() > rules.assumptions().maxNodesUnverified()) {
                return Completeness.WHOLE;
            }
            if (nodes.isEmpty() && reply.message() instanceof Message.FindValueResponse) {
                return Completeness.EMPTY;
            }
            // If we never answered a PING, another request would not verify our address either.
            return proofs.isEmpty() ? Completeness.WHOLE : Completeness.NODES_LEFT_OUT;
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
                            search.type() == RecordType.ANY || verified.record().type() == search.type())
                    .filter(verified -> verified.isValidAt(now.unixSeconds()))
                    .filter(verified -> rules.policy().allows(search.target(), verified, now.unixSeconds()))
                    .toList();
        }
    }
}
