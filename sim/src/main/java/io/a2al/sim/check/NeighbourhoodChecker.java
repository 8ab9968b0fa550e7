package io.a2al.sim.check;

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
 * At the end of a run in which nobody attacks, and nobody came, went or was struck for the last {@link #SETTLED}:
 * everybody knows its nearest neighbours, and every record of a node that is on has its replicas again.
 */
final class NeighbourhoodChecker implements Checker {

    /** Nodes look around in their neighbourhood every quarter of an hour, and publishers for their replicas. */
    static final Duration SETTLED = Duration.ofMinutes(20);

    private static final int NODES = 30;
    private static final int NEIGHBOURS = 8;

    /** Where few can be reached, or a datagram is lost, one may be missing for a while. */
    private static final int MISSING = 1;

    private final Agents agents;
    private final Sample sample = new Sample(NODES);
    private long lastChange;

    /** For a run with these agents. */
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
                .filter(other ->
                        other != node && other.isUp() && other.host().nat().isEmpty())
                .sorted(Comparator.comparing(SimNode::id, node.id().byDistance()))
                .limit(NEIGHBOURS)
                .filter(other -> !known.contains(other.id()))
                .toList();
        if (missing.size() > MISSING) {
            reporter.report(
                    "of its " + NEIGHBOURS + " nearest neighbours the node does not know " + missing.size(),
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
