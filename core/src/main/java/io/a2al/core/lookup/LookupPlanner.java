package io.a2al.core.lookup;

import io.a2al.core.api.LookupOptions;
import io.a2al.core.guard.SubnetTally;
import io.a2al.core.liveness.PeerHealth;
import io.a2al.core.lookup.LookupPlan.Breadth;
import io.a2al.core.lookup.LookupPlan.Pace;
import io.a2al.core.lookup.LookupSettings.Parallelism;
import io.a2al.core.lookup.LookupSettings.Patience;
import io.a2al.core.routing.ContactMemory;
import io.a2al.core.routing.Peers;
import io.a2al.core.routing.RoutingTable;
import io.a2al.core.rpc.Requests;
import io.a2al.core.time.NodeTime;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides how a lookup begins: at which contacts, and by which plan, as far as the caller does not choose. Goes by what
 * is known of peers: which of them answer, and how fast. Not thread-safe.
 */
final class LookupPlanner {

    /**
     * How a lookup begins.
     *
     * @param plan how it proceeds
     * @param seeds the contacts that it knows at first
     * @param hopeUntil when it ends without a first answer, in nanoseconds; {@link Goal#NEVER} if it goes on
     */
    record Beginning(LookupPlan plan, List<Contact> seeds, long hopeUntil) {}

    private final LookupSettings settings;
    private final LookupRunner.Rules rules;
    private final Peers peers;
    private final RoutingTable table;
    private final ContactMemory memory;
    private final PeerHealth health;
    private final AnswerRates rates;
    private final Requests requests;

    LookupPlanner(
            LookupSettings settings, LookupRunner.Rules rules, Peers peers, AnswerRates rates, Requests requests) {
        this.settings = settings;
        this.rules = rules;
        this.peers = peers;
        this.table = peers.table();
        this.memory = peers.memory();
        this.health = peers.health();
        this.rates = rates;
        this.requests = requests;
    }

    /** Plans a lookup. While there is little hope of answers, it asks a few contacts, and not for long. */
    Beginning plan(NodeTime now, NodeId target, Goal goal, LookupOptions options) {
        List<Contact> seeds = seeds(now, target, goal);
        if (!hasLittleHope(seeds)) {
            return new Beginning(planFor(now, target, goal, options), seeds, Goal.NEVER);
        }
        return new Beginning(
                briefPlanFor(goal, options),
                seeds.subList(0, Math.min(seeds.size(), settings.brief().contacts())),
                now.nanos() + settings.brief().patience().toNanos());
    }

    private LookupPlan planFor(NodeTime now, NodeId target, Goal goal, LookupOptions options) {
        int chosen = options.concurrency();
        Pace pace =
                new Pace(patience(), options.stagger().map(Duration::toNanos).orElseGet(() -> stagger(goal)));
        int replicas = settings.freshness().quorum().replicas();
        Prospects prospects = goal instanceof FindRecord && chosen == 0
                ? new Surroundings(peers, rates, target, now.nanos(), replicas, pace)
                : Prospects.NONE;
        return new LookupPlan(
                chosen > 0 ? new Parallelism(chosen, chosen) : settings.parallelism(),
                pace,
                new Breadth(goal.width(), settings.limits().maxCandidates(), options.paths()),
                rules.shareOf(goal),
                settings.repetition(),
                prospects);
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
}
