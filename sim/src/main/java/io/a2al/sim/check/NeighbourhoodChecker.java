package io.a2al.sim.check;

import io.a2al.core.routing.RoutingTable;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.sim.work.Agent;
import io.a2al.sim.work.Agents;
import io.a2al.sim.world.SimEvent;
import io.a2al.sim.world.SimNode;
import io.a2al.sim.world.World;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Checks at the end of a run that nodes know their nearest neighbours that can be dialled, as far as these are among
 * the nearest that a routing table holds, and that every record whose publisher is up has all its replicas. Applies
 * only if there are no attackers, and if no node started or stopped and no fault occurred in the last {@link #SETTLED}.
 */
final class NeighbourhoodChecker implements Checker {

    /** Longer than the 15 minutes after which nodes refresh their neighbourhood and publishers check their replicas. */
    static final Duration SETTLED = Duration.ofMinutes(20);

    /** Number of nodes checked. */
    private static final int NODES = 30;

    /** Number of nearest neighbours that a node should know. */
    private static final int NEIGHBOURS = 8;

    /** Neighbours that may be unknown: one may be, for a while, if few nodes can be reached or a datagram was lost. */
    private static final int MISSING = 1;

    private final Agents agents;
    private final Sample sample = new Sample(NODES);
    private long lastChange;

    /** Creates the checker for a run with the given agents. */
    NeighbourhoodChecker(Agents agents) {
        this.agents = agents;
    }

    @Override
    public String name() {
        return "neighbourhood";
    }

    @Override
    public void afterEvent(World world, SimEvent event, Reporter reporter) {
        boolean change = event instanceof SimEvent.Started
                || event instanceof SimEvent.Stopped
                || event instanceof SimEvent.Fault;
        lastChange = change ? event.at() : lastChange;
    }

    @Override
    public void atEnd(World world, Reporter reporter) {
        boolean settled = world.now() - lastChange >= SETTLED.toNanos();
        if (settled && world.nodes().stream().allMatch(SimNode::isHonest)) {
            for (SimNode node : sample.of(world)) {
                check(world, node, node.core().orElseThrow().contacts(), reporter);
            }
            agents.all().forEach(agent -> checkReplicas(world, agent, reporter));
        }
    }

    /** Checks the contacts of one node. */
    void check(World world, SimNode node, List<Contact> contacts, Reporter reporter) {
        Set<NodeId> known = contacts.stream().map(Contact::nodeId).collect(Collectors.toSet());
        List<SimNode> missing = world.nodes().stream()
                .filter(other -> other != node && other.isUp())
                .sorted(Comparator.comparing(SimNode::id, node.id().byDistance()))
                .limit(RoutingTable.K)
                .filter(other -> other.host().nat().isEmpty())
                .limit(NEIGHBOURS)
                .filter(other -> !known.contains(other.id()))
                .toList();
        if (missing.size() > MISSING) {
            reporter.report(
                    "the node does not know " + missing.size() + " of its " + NEIGHBOURS + " nearest neighbours",
                    node.index(),
                    missing.getFirst().index());
        }
    }

    private void checkReplicas(World world, Agent agent, Reporter reporter) {
        boolean live = agent.home().isUp()
                && agent.expectedAt(agent.home().now().unixSeconds()).isPresent();
        long up = world.nodes().stream().filter(SimNode::isUp).count();
        int wanted = agent.home().settings().publish().replicas();
        int replicas = world.replicasOf(agent.key());
        if (live && replicas < Math.min(wanted, up)) {
            reporter.report(
                    "record " + agent.number() + " has " + replicas + " replicas of " + wanted,
                    agent.home().index());
        }
    }
}
