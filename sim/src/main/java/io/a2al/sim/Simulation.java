package io.a2al.sim;

import io.a2al.core.NodeSettings;
import io.a2al.protocol.id.NodeId;
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
import io.a2al.sim.result.Phase;
import io.a2al.sim.result.SimulationResult;
import io.a2al.sim.work.Agent;
import io.a2al.sim.work.Agents;
import io.a2al.sim.work.Crowds;
import io.a2al.sim.work.Hosting;
import io.a2al.sim.work.Lookups;
import io.a2al.sim.world.Applications;
import io.a2al.sim.world.EventListener;
import io.a2al.sim.world.NodeClock;
import io.a2al.sim.world.SimNode;
import io.a2al.sim.world.TraceHash;
import io.a2al.sim.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * One run of the simulator. First all participants start, each at a random time. Then agents publish their records.
 * Then the measured time begins, in which agents make lookups while faults occur. If the options contain a time to
 * settle, it follows without faults, and finally every record must be found from every node. An object runs once. Not
 * thread-safe; runs in different threads share no state.
 */
public final class Simulation {

    /** Number of seed nodes, through which all others join. */
    private static final int SEED_NODES = 8;

    /** Time between the starts of two seed nodes, in nanoseconds. They start one by one, before all other nodes. */
    private static final long SEED_NODE_INTERVAL = Duration.ofMillis(500).toNanos();

    /** Time after the last join, and after the last first publication, for operations in progress to end. */
    private static final Duration SETTLING = Duration.ofSeconds(30);

    /** Time at the end for lookups in progress to end. */
    private static final Duration ENDING = Duration.ofSeconds(15);

    /** Number of points in the time series, unless the run is short. */
    private static final int POINTS = 60;

    /** Shortest time between two points, in nanoseconds. */
    private static final long SHORTEST_INTERVAL = Duration.ofSeconds(5).toNanos();

    private final SimulationOptions options;
    private final World world;
    private final TraceHash hash = new TraceHash();
    private final Agents agents;
    private final Crowds crowds;
    private final Hosting hosting;
    private final Recorder recorder;
    private final Checks checks;
    private final long joined;
    private final long lookupsFrom;
    private final long lookupsUntil;
    private final long end;
    private final long interval;

    /** Creates a run with the {@linkplain Checkers#standard standard checkers}. */
    public Simulation(SimulationOptions options) {
        this(options, Checkers::standard);
    }

    /** Creates a run with the checkers that {@code checkers} returns for the agents of the run. */
    public Simulation(SimulationOptions options, Function<Agents, List<Checker>> checkers) {
        this.options = options;
        Streams streams = new Streams(options.seed());
        this.world = new World(
                streams, options.crypto().create(streams), options.links(), Math.min(SEED_NODES, options.nodes()));
        populate();
        Life life = new Life(world, options.life());
        this.agents = new Agents(world, options.work());
        this.checks = new Checks(world, checkers.apply(agents));
        this.joined = options.life().joining().plus(SETTLING).toNanos();
        this.lookupsFrom =
                joined + options.work().publishing().spread().plus(SETTLING).toNanos();
        this.lookupsUntil = lookupsFrom + options.duration().toNanos();
        this.recorder = new Recorder(world, agents, Duration.ofNanos(lookupsFrom), Duration.ofNanos(lookupsUntil));
        long settled = lookupsUntil + options.life().settling().toNanos();
        this.end = (options.life().settling().isZero() ? lookupsUntil : settled + Lookups.LOOKING_UP_ALL.toNanos())
                + ENDING.toNanos();
        this.interval = Math.max(SHORTEST_INTERVAL, end / POINTS);
        world.listen(hash);
        this.hosting = new Hosting(world, options.work());
        world.listen(recorder);
        world.listen(hosting);
        world.listen(checks);
        this.crowds = new Crowds(world, options.work(), agents);
        world.setApplication(new Applications(List.of(agents, crowds, hosting)));
        agents.beginAt(joined);
        hosting.beginAt(joined, lookupsUntil);
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

    /** Adds a listener for all events of the run. */
    public void listen(EventListener listener) {
        world.listen(listener);
    }

    /** Returns the options of the run. */
    public SimulationOptions options() {
        return options;
    }

    /** Returns the world of the run. */
    public World world() {
        return world;
    }

    /** Returns the keys of the records that lookups look for, by number. */
    public List<NodeId> keys() {
        return agents.all().stream().map(Agent::key).toList();
    }

    /** Returns the virtual time that the run takes unless a check fails. */
    public Duration length() {
        return Duration.ofNanos(end);
    }

    /** Returns the phases of the run, in order. */
    public List<Phase> phases() {
        List<Phase> phases = new ArrayList<>();
        phases.add(new Phase("joining", Duration.ZERO));
        phases.add(new Phase("publishing", Duration.ofNanos(joined)));
        phases.add(new Phase("running", Duration.ofNanos(lookupsFrom)));
        if (!options.life().settling().isZero()) {
            phases.add(new Phase("settling", Duration.ofNanos(lookupsUntil)));
        }
        return phases;
    }

    // ---- participants -----------------------------------------------------------------------------------------

    private void populate() {
        NodeSettings settings = NodeMemory.limitedFor(options.population().settings(), options.nodes());
        Attackers attackers = new Attackers(world, options.attack(), options.nodes(), Agents.mostPopularIn(world));
        for (int index = 0; index < options.nodes(); index++) {
            SimNode node = index < world.seedNodes() ? addSeed(index, settings) : add(index, settings, attackers);
            world.queue().at(startOf(index), () -> node.start(world.seedsFor(node)));
        }
    }

    private SimNode addSeed(int index, NodeSettings settings) {
        Host host = options.addresses().host(index, world.streams(), NatKind.PUBLIC);
        int publications =
                index == world.seedNodes() - 1 ? options.work().host().publications() : 0;
        return world.add(host, NodeClock.RIGHT, Hosting.settings(settings, publications), Optional.empty());
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
                kind.get().settings(settings),
                Optional.of(attackers.create(kind.get(), index)));
    }

    private long startOf(int index) {
        if (index < world.seedNodes()) {
            return index * SEED_NODE_INTERVAL;
        }
        double share = world.streams().of(Purpose.ARRIVAL, index).nextUnit();
        return world.seedNodes() * SEED_NODE_INTERVAL
                + (long) (share * options.life().joining().toNanos());
    }

    // ---- running ----------------------------------------------------------------------------------------------

    /** Runs until the end or until the first check fails, and returns the result. */
    public SimulationResult run(Progress progress) {
        return run(progress, () -> false);
    }

    /**
     * Runs until the end, until the first check fails, or until it is stopped, and returns the result so far.
     *
     * @param isStopped asked after every event
     */
    public SimulationResult run(Progress progress, BooleanSupplier isStopped) {
        long began = System.nanoTime();
        boolean stopped = false;
        for (long at = interval; !stopped && checks.violation().isEmpty() && world.now() < end; at += interval) {
            stopped = runUntil(Math.min(at, end), isStopped);
            recorder.sample();
            if (!stopped) {
                hosting.sample();
                checks.atInterval();
            }
            progress.onProgress(Duration.ofNanos(world.now()), Duration.ofNanos(end), hash.events());
        }
        if (!stopped && checks.violation().isEmpty()) {
            checks.atEnd();
        }
        return result(Duration.ofNanos(System.nanoTime() - began), stopped);
    }

    /** Runs all events until a time, unless a check fails or the run is stopped; returns true if it was stopped. */
    private boolean runUntil(long time, BooleanSupplier isStopped) {
        while (world.queue().nextTime() <= time && checks.violation().isEmpty()) {
            world.queue().runNext();
            if (checks.violation().isEmpty() && isStopped.getAsBoolean()) {
                return true;
            }
        }
        if (checks.violation().isEmpty()) {
            world.queue().advanceTo(time);
        }
        return false;
    }

    private SimulationResult result(Duration wallTime, boolean stopped) {
        Runtime machine = Runtime.getRuntime();
        return new SimulationResult(
                options.describe(),
                new SimulationResult.Trace(
                        hash.value(), hash.events(), Duration.ofNanos(world.now()), phases(), stopped),
                new SimulationResult.Effort(wallTime, machine.totalMemory() - machine.freeMemory()),
                new SimulationResult.Work(
                        recorder.lookups(),
                        recorder.trend(),
                        recorder.settled(),
                        agents.summary(),
                        crowds.summary(),
                        hosting.summary()),
                recorder.traffic(),
                recorder.series(),
                checks.violation());
    }
}
