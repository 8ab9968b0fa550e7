package io.a2al.sim;

import io.a2al.protocol.message.Contact;
import io.a2al.sim.engine.Purpose;
import io.a2al.sim.engine.Stream;
import io.a2al.sim.result.LookupSample;
import io.a2al.sim.result.LookupSummary;
import io.a2al.sim.result.LookupTally;
import io.a2al.sim.result.LookupTrend;
import io.a2al.sim.result.TimePoint;
import io.a2al.sim.result.TimePoint.ReplicaHealth;
import io.a2al.sim.result.TimePoint.TableHealth;
import io.a2al.sim.result.Traffic;
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
    private final Duration lookupsFrom;
    private final Duration lookupsUntil;
    private final LookupTally lookups = new LookupTally();
    private final LookupTally first = new LookupTally();
    private final LookupTally last = new LookupTally();
    private final LookupTally settled = new LookupTally();
    private final List<TimePoint> series = new ArrayList<>();
    private final TrafficCounter total = new TrafficCounter();
    private TrafficCounter recent = new TrafficCounter();
    private LookupTally recentLookups = new LookupTally();
    private int living;

    /**
     * Creates a recorder.
     *
     * @param lookupsFrom virtual time from which lookups are made
     * @param lookupsUntil virtual time until which lookups are made
     */
    Recorder(World world, Agents agents, Duration lookupsFrom, Duration lookupsUntil) {
        this.world = world;
        this.agents = agents;
        this.lookupsFrom = lookupsFrom;
        this.lookupsUntil = lookupsUntil;
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
        lookups.add(sample);
        recentLookups.add(sample);
        if (sample.at().compareTo(lookupsFrom.plus(LookupTrend.SPAN)) < 0) {
            first.add(sample);
        }
        if (sample.at().compareTo(lookupsUntil.minus(LookupTrend.SPAN)) >= 0) {
            last.add(sample);
        }
    }

    /** Adds a point to the time series, and resets the counts since the previous point. */
    void sample() {
        series.add(new TimePoint(
                Duration.ofNanos(world.now()),
                living,
                recentLookups.summary(),
                recent.traffic(),
                tables(),
                replicas()));
        recent = new TrafficCounter();
        recentLookups = new LookupTally();
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

    /** Returns the summary of all lookups in the measured time. */
    LookupSummary lookups() {
        return lookups.summary();
    }

    /** Returns how the first and the last lookups went, unless they are the same ones. */
    Optional<LookupTrend> trend() {
        boolean isLong = lookupsFrom.plus(LookupTrend.SPAN).compareTo(lookupsUntil.minus(LookupTrend.SPAN)) <= 0;
        return isLong ? Optional.of(new LookupTrend(first.summary(), last.summary())) : Optional.empty();
    }

    /** Returns the summary of the lookups after settling, if there were any. */
    Optional<LookupSummary> settled() {
        return Optional.of(settled.summary()).filter(summary -> summary.lookups() > 0);
    }

    List<TimePoint> series() {
        return series;
    }

    Traffic traffic() {
        return total.traffic();
    }
}
