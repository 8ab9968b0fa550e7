package io.a2al.sim;

import io.a2al.protocol.message.Contact;
import io.a2al.sim.engine.Purpose;
import io.a2al.sim.engine.Stream;
import io.a2al.sim.result.LookupSample;
import io.a2al.sim.result.LookupSummary;
import io.a2al.sim.result.SimulationResult;
import io.a2al.sim.result.TimePoint;
import io.a2al.sim.result.TimePoint.ReplicaHealth;
import io.a2al.sim.result.TimePoint.TableHealth;
import io.a2al.sim.result.Traffic;
import io.a2al.sim.result.Verdict;
import io.a2al.sim.work.Agent;
import io.a2al.sim.work.Agents;
import io.a2al.sim.world.EventListener;
import io.a2al.sim.world.NodeClock;
import io.a2al.sim.world.SimEvent;
import io.a2al.sim.world.SimNode;
import io.a2al.sim.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects the statistics of a run. Not thread-safe. */
final class Recorder implements EventListener {

    /** Nodes drawn for each sample of routing tables; nodes that are down or attackers are skipped. */
    private static final int SAMPLED_TABLES = 50;

    /** Records drawn for each sample of replicas. */
    private static final int SAMPLED_RECORDS = 20;

    private final World world;
    private final Agents agents;
    private final Stream choice;
    private final List<LookupSample> samples = new ArrayList<>();
    private final List<LookupSample> settled = new ArrayList<>();
    private final List<TimePoint> series = new ArrayList<>();
    private final TrafficCounter total = new TrafficCounter();
    private TrafficCounter recent = new TrafficCounter();
    private int living;
    private int lookups;
    private int right;

    Recorder(World world, Agents agents) {
        this.world = world;
        this.agents = agents;
        this.choice = world.streams().of(Purpose.SAMPLE, 0);
    }

    @Override
    public void onEvent(SimEvent event) {
        total.count(event);
        recent.count(event);
        if (event instanceof SimEvent.Judged judged) {
            if (judged.settled()) {
                settled.add(judged.sample());
            } else {
                onLookup(judged.sample());
            }
        }
        living += event instanceof SimEvent.Started ? 1 : event instanceof SimEvent.Stopped ? -1 : 0;
    }

    private void onLookup(LookupSample sample) {
        lookups++;
        right += sample.verdict() == Verdict.RIGHT ? 1 : 0;
        if (samples.size() < SimulationResult.MAX_SAMPLES) {
            samples.add(sample);
        }
    }

    /** Adds a point to the time series, and resets the counts since the previous point. */
    void sample() {
        series.add(new TimePoint(
                Duration.ofNanos(world.now()), living, lookups, right, recent.traffic(), tables(), replicas()));
        recent = new TrafficCounter();
        lookups = 0;
        right = 0;
    }

    private TableHealth tables() {
        int sampled = 0;
        long contacts = 0;
        long dead = 0;
        long hostile = 0;
        for (int i = 0; i < SAMPLED_TABLES; i++) {
            SimNode node = world.nodes().get(choice.nextBelow(world.nodes().size()));
            if (node.isHonest() && node.isUp()) {
                sampled++;
                for (Contact contact : node.core().orElseThrow().contacts()) {
                    contacts++;
                    boolean isUp =
                            world.find(contact.nodeId()).filter(SimNode::isUp).isPresent();
                    dead += isUp ? 0 : 1;
                    hostile += world.find(contact.nodeId())
                                    .filter(SimNode::isHonest)
                                    .isEmpty()
                            ? 1
                            : 0;
                }
            }
        }
        return new TableHealth(sampled, ratio(contacts, sampled), ratio(dead, contacts), ratio(hostile, contacts));
    }

    private ReplicaHealth replicas() {
        long unixSeconds = NodeClock.RIGHT.at(world.now()).unixSeconds();
        int sampled = 0;
        long sum = 0;
        int fewest = Integer.MAX_VALUE;
        for (int i = 0; i < Math.min(SAMPLED_RECORDS, agents.all().size()); i++) {
            Agent agent = agents.all().get(choice.nextBelow(agents.all().size()));
            if (agent.expectedAt(unixSeconds).isPresent()) {
                int replicas = world.replicasOf(agent.key());
                sampled++;
                sum += replicas;
                fewest = Math.min(fewest, replicas);
            }
        }
        return new ReplicaHealth(sampled, ratio(sum, sampled), sampled == 0 ? 0 : fewest);
    }

    private static double ratio(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }

    List<LookupSample> samples() {
        return samples;
    }

    /** Returns the summary of the lookups after settling, if there were any. */
    Optional<LookupSummary> settled() {
        return settled.isEmpty() ? Optional.empty() : Optional.of(LookupSummary.of(settled));
    }

    List<TimePoint> series() {
        return series;
    }

    Traffic traffic() {
        return total.traffic();
    }
}
