package io.a2al.sim.work;

import io.a2al.core.api.Command;
import io.a2al.core.api.Outcome;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.record.VerifiedRecord;
import io.a2al.sim.crypto.SimKeys;
import io.a2al.sim.engine.Purpose;
import io.a2al.sim.engine.Stream;
import io.a2al.sim.result.SimulationResult.PublishSummary;
import io.a2al.sim.world.Application;
import io.a2al.sim.world.SimNode;
import io.a2al.sim.world.World;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The agents of a run. Publishes and renews their records, and holds the ground truth. Not thread-safe. */
public final class Agents implements Application {

    private record PublicationId(int node, long publication) {}

    private final World world;
    private final WorkSettings settings;
    private final List<Agent> agents = new ArrayList<>();
    private final Map<Address, Agent> byAddress = new HashMap<>();
    private final Map<PublicationId, Agent> publications = new HashMap<>();
    private final Map<Integer, List<Agent>> atHome = new HashMap<>();
    private int published;
    private int renewed;
    private int complete;
    private int rounds;

    /** Creates agents at randomly chosen honest nodes. They publish nothing before {@link #beginAt}. */
    public Agents(World world, WorkSettings settings) {
        this.world = world;
        this.settings = settings;
        List<SimNode> homes = world.nodes().stream().filter(SimNode::isHonest).toList();
        for (int number = 0; number < settings.publishing().records(); number++) {
            Stream stream = world.streams().of(Purpose.AGENT, number);
            SimKeys keys = world.crypto().newKeys(stream);
            SimNode home = homes.get(stream.nextBelow(homes.size()));
            Agent agent = new Agent(number, keys, home);
            agents.add(agent);
            byAddress.put(agent.address(), agent);
            atHome.computeIfAbsent(home.index(), index -> new ArrayList<>()).add(agent);
        }
    }

    /** Returns the address of the most popular agent of a world, even before its agents are created. */
    public static Address mostPopularIn(World world) {
        return world.crypto().newKeys(world.streams().of(Purpose.AGENT, 0)).address();
    }

    /** Returns all agents, the most popular first, as an unmodifiable view. */
    public List<Agent> all() {
        return Collections.unmodifiableList(agents);
    }

    /** Returns the agent with the given address, if any. */
    public Optional<Agent> find(Address address) {
        return Optional.ofNullable(byAddress.get(address));
    }

    /** Schedules the first publication of each agent, at {@code from} or later, in nanoseconds of virtual time. */
    public void beginAt(long from) {
        for (Agent agent : agents) {
            Stream stream = world.streams().of(Purpose.AGENT, -1L - agent.number());
            long delay =
                    (long) (stream.nextUnit() * settings.publishing().spread().toNanos());
            world.queue().at(from + delay, () -> publish(agent));
        }
    }

    private void publish(Agent agent) {
        if (!agent.home().isUp()) {
            return;
        }
        published++;
        VerifiedRecord record = agent.signNext(settings.publishing().ttl().toSeconds());
        long publication = agent.home()
                .submit(new Command.Publish(agent.key(), record), outcome -> onStored(agent, record, outcome));
        publications.put(new PublicationId(agent.home().index(), publication), agent);
    }

    private void onStored(Agent agent, VerifiedRecord record, Outcome outcome) {
        if (outcome instanceof Outcome.Stored(int replicas, int wanted)) {
            rounds++;
            complete += replicas >= wanted ? 1 : 0;
            if (replicas > 0) {
                agent.markStored(record);
            }
        }
    }

    @Override
    public void onRenewalDue(SimNode node, long publication) {
        Agent agent = publications.get(new PublicationId(node.index(), publication));
        if (agent != null) {
            renewed++;
            VerifiedRecord next = agent.signNext(settings.publishing().ttl().toSeconds());
            node.submit(new Command.Renew(publication, next), outcome -> onStored(agent, next, outcome));
        }
    }

    @Override
    public void onHeard(SimNode node, long listener, VerifiedRecord record) {
        // Agents do not listen.
    }

    /** Agents of a node that was restarted publish again. */
    @Override
    public void onStarted(SimNode node) {
        for (Agent agent : atHome.getOrDefault(node.index(), List.of())) {
            if (agent.latest().isPresent()) {
                publish(agent);
            }
        }
    }

    /** Switches off every publishing node for good. */
    public void leave() {
        agents.forEach(agent -> agent.home().retire());
    }

    /** Returns a summary of all publications so far. */
    public PublishSummary summary() {
        return new PublishSummary(published, renewed, complete, rounds);
    }
}
