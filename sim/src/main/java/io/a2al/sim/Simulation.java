package io.a2al.sim;

import io.a2al.core.NodeSettings;
import io.a2al.sim.attack.AttackKind;
import io.a2al.sim.attack.Attackers;
import io.a2al.sim.check.Checker;
import io.a2al.sim.check.Checkers;
import io.a2al.sim.check.Checks;
import io.a2al.sim.engine.Purpose;
import io.a2al.sim.engine.Streams;
import io.a2al.sim.life.Life;
import io.a2al.sim.network.Host;
import io.a2al.sim.network.NatKind;
import io.a2al.sim.result.LookupSummary;
import io.a2al.sim.result.SimulationResult;
import io.a2al.sim.work.Agents;
import io.a2al.sim.work.Crowds;
import io.a2al.sim.work.Lookups;
import io.a2al.sim.world.Applications;
import io.a2al.sim.world.EventListener;
import io.a2al.sim.world.NodeClock;
import io.a2al.sim.world.SimNode;
import io.a2al.sim.world.TraceHash;
import io.a2al.sim.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One run, from its options to its result. First all participants are switched on, each at a random time; then records
 * are published; then the measured time begins, in which agents look for each other while faults strike. Where things
 * are to settle, nothing strikes afterwards for a while, and in the end every record must be found from everywhere. Not
 * thread-safe, and good for one run; runs in different threads do not meet.
 */
public final class Simulation {

    /** Through so many nodes everybody joins. */
    private static final int SEED_NODES = 8;

    /** These are switched on one after the other, before all others. */
    private static final long SEED_NODE_INTERVAL = Duration.ofMillis(500).toNanos();

    /** For joining and for publishing to come to an end. */
    private static final Duration SETTLING = Duration.ofSeconds(30);

    /** For lookups under way to end. */
    private static final Duration ENDING = Duration.ofSeconds(15);

    private static final int POINTS = 60;
    private static final long SHORTEST_INTERVAL = Duration.ofSeconds(5).toNanos();

    private final SimulationOptions options;
    private final World world;
    private final TraceHash hash = new TraceHash();
    private final Agents agents;
    private final Crowds crowds;
    private final Recorder recorder;
    private final Checks checks;
    private final long lookupsFrom;
    private final long lookupsUntil;
    private final long end;
    private final long interval;

    /** A run that has not begun, with the checkers that every run has. */
    public Simulation(SimulationOptions options) {
        this(options, Checkers::standard);
    }

    /** A run with checkers of one's own. */
    public Simulation(SimulationOptions options, Function<Agents, List<Checker>> checkers) {
        this.options = options;
        Streams streams = new Streams(options.seed());
        this.world = new World(
                streams, options.crypto().create(streams), options.links(), Math.min(SEED_NODES, options.nodes()));
        populate();
        Life life = new Life(world, options.life());
        this.agents = new Agents(world, options.work());
        this.recorder = new Recorder(world, agents);
        this.checks = new Checks(world, checkers.apply(agents));
        long joined = options.life().joining().plus(SETTLING).toNanos();
        this.lookupsFrom =
                joined + options.work().publishing().spread().plus(SETTLING).toNanos();
        this.lookupsUntil = lookupsFrom + options.duration().toNanos();
        long settled = lookupsUntil + options.life().settling().toNanos();
        this.end = (options.life().settling().isZero() ? lookupsUntil : settled + Lookups.LOOKING_UP_ALL.toNanos())
                + ENDING.toNanos();
        this.interval = Math.max(SHORTEST_INTERVAL, end / POINTS);
        world.listen(hash);
        world.listen(recorder);
        world.listen(checks);
        this.crowds = new Crowds(world, options.work(), agents);
        world.setApplication(new Applications(List.of(agents, crowds)));
        agents.beginAt(joined);
        crowds.beginAt(joined, lookupsFrom, lookupsUntil);
        life.beginAt(lookupsFrom, lookupsUntil);
        Lookups lookups = new Lookups(world, options.work(), agents);
        lookups.beginAt(lookupsFrom, lookupsUntil);
        if (options.work().publishing().publishersLeave()) {
            world.queue().at(lookupsFrom, agents::leave);
        }
        if (!options.life().settling().isZero()) {
            lookups.lookUpAllAt(settled);
        }
    }

    /** Lets somebody see all events of the run. */
    public void listen(EventListener listener) {
        world.listen(listener);
    }

    /** What the run is made of. */
    public SimulationOptions options() {
        return options;
    }

    /** The world of the run. */
    public World world() {
        return world;
    }

    // ---- inhabitants ------------------------------------------------------------------------------------------

    private void populate() {
        NodeSettings settings = NodeMemory.fitting(options.node(), options.nodes());
        Attackers attackers = new Attackers(world, options.attack(), options.nodes(), Agents.mostPopularIn(world));
        for (int index = 0; index < options.nodes(); index++) {
            SimNode node = index < world.seedNodes() ? addSeed(index, settings) : add(index, settings, attackers);
            world.queue().at(arrivalOf(index), () -> node.start(world.seedsFor(node)));
        }
    }

    private SimNode addSeed(int index, NodeSettings settings) {
        Host host = options.addresses().host(index, world.streams(), NatKind.PUBLIC);
        return world.add(host, NodeClock.RIGHT, settings, Optional.empty());
    }

    private SimNode add(int index, NodeSettings settings, Attackers attackers) {
        Host host = options.addresses().host(index, world.streams());
        Optional<AttackKind> kind = attackers.kindOf(index);
        if (kind.isEmpty()) {
            return world.add(host, NodeClock.RIGHT, settings, Optional.empty());
        }
        return world.add(
                attackers.hostFor(kind.get(), host),
                attackers.keysFor(kind.get(), index),
                NodeClock.RIGHT,
                settings,
                Optional.of(attackers.create(kind.get(), index)));
    }

    private long arrivalOf(int index) {
        if (index < world.seedNodes()) {
            return index * SEED_NODE_INTERVAL;
        }
        double share = world.streams().of(Purpose.ARRIVAL, index).nextUnit();
        return world.seedNodes() * SEED_NODE_INTERVAL
                + (long) (share * options.life().joining().toNanos());
    }

    // ---- running ----------------------------------------------------------------------------------------------

    /** Runs to the end, or to the first check that does not hold. */
    public SimulationResult run(Progress progress) {
        long began = System.nanoTime();
        for (long at = interval; checks.violation().isEmpty() && world.now() < end; at += interval) {
            runUntil(Math.min(at, end));
            recorder.sample();
            checks.atInterval();
            progress.onProgress(Duration.ofNanos(world.now()), Duration.ofNanos(end), hash.events());
        }
        if (checks.violation().isEmpty()) {
            checks.atEnd();
        }
        return result(Duration.ofNanos(System.nanoTime() - began));
    }

    private void runUntil(long time) {
        while (world.queue().nextTime() <= time && checks.violation().isEmpty()) {
            world.queue().runNext();
        }
        if (checks.violation().isEmpty()) {
            world.queue().advanceTo(time);
        }
    }

    private SimulationResult result(Duration wallTime) {
        Runtime machine = Runtime.getRuntime();
        return new SimulationResult(
                options.describe(),
                new SimulationResult.Trace(hash.value(), hash.events(), Duration.ofNanos(world.now())),
                new SimulationResult.Effort(wallTime, machine.totalMemory() - machine.freeMemory()),
                new SimulationResult.Work(
                        LookupSummary.of(recorder.samples()),
                        recorder.samples(),
                        recorder.settled(),
                        agents.summary(),
                        crowds.summary()),
                recorder.traffic(),
                recorder.series(),
                checks.violation());
    }
}
