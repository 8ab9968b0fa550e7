package io.a2al.sim.film;

import io.a2al.protocol.id.NodeId;
import io.a2al.sim.Simulation;
import io.a2al.sim.film.Frame.Change;
import io.a2al.sim.film.Frame.Condition;
import io.a2al.sim.film.Frame.Lookup;
import io.a2al.sim.result.LookupSample;
import io.a2al.sim.result.SimulationResult;
import io.a2al.sim.result.Verdict;
import io.a2al.sim.world.EventListener;
import io.a2al.sim.world.SimEvent;
import io.a2al.sim.world.SimNode;
import io.a2al.sim.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Makes the film of a run from its events. Only looks; a run with it is equal to one without. Not thread-safe; the
 * {@link Film} is.
 */
public final class FilmMaker implements EventListener {

    /** Lookups in one frame at most; more could not be told apart in a picture. */
    public static final int MAX_LOOKUPS = 40;

    /** Frames of a film at most, unless its run is longer than it was planned. */
    private static final int MAX_FRAMES = 3600;

    private static final long SHORTEST_FRAME = Duration.ofSeconds(1).toNanos();
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MILLI = 1e6;

    private final World world;
    private final List<NodeId> keys;
    private final Film film;
    private final long length;
    private final BitSet changed = new BitSet();
    private final BitSet asleep = new BitSet();
    private final List<Lookup> lookups = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private boolean split;
    private long endOfFrame;
    private int right;
    private int wrong;
    private long datagrams;
    private long lost;

    /** A maker for a run that has not begun; it listens from now on. */
    public FilmMaker(Simulation simulation) {
        this.world = simulation.world();
        this.keys = simulation.keys();
        this.film = new Film(Film.Header.of(simulation));
        this.length = Math.max(SHORTEST_FRAME, simulation.length().toNanos() / MAX_FRAMES);
        this.endOfFrame = length;
        simulation.listen(this);
    }

    /** Returns the film, to which frames are added while the run goes on. */
    public Film film() {
        return film;
    }

    @Override
    public void onEvent(SimEvent event) {
        while (event.at() >= endOfFrame) {
            addFrame();
        }
        switch (event) {
            case SimEvent.Sent _ -> datagrams++;
            case SimEvent.Lost _ -> lost++;
            case SimEvent.Started started -> note(started.participant(), false);
            // The node is up until after this event.
            case SimEvent.Stopped stopped -> note(stopped.participant(), false);
            case SimEvent.Suspended suspended -> note(suspended.participant(), true);
            case SimEvent.Resumed resumed -> note(resumed.participant(), false);
            case SimEvent.Judged judged -> onLookup(judged.sample());
            case SimEvent.Fault fault -> onFault(fault);
            default -> {
                // Not in the picture.
            }
        }
    }

    private void note(int participant, boolean isAsleep) {
        changed.set(participant);
        asleep.set(participant, isAsleep);
    }

    private void onLookup(LookupSample sample) {
        boolean isRight = sample.verdict() == Verdict.RIGHT;
        right += isRight ? 1 : 0;
        wrong += isRight ? 0 : 1;
        if (lookups.size() < MAX_LOOKUPS) {
            lookups.add(new Lookup(
                    sample.asker(),
                    firstBits(keys.get(sample.record())),
                    isRight,
                    sample.latency().toNanos() / NANOS_PER_MILLI));
        }
    }

    /** Whether the network is split shows in the conditions of all nodes at the end of the frame. */
    private void onFault(SimEvent.Fault fault) {
        faults.add(fault.what());
        changed.set(0, world.nodes().size());
    }

    private void addFrame() {
        split = world.network().isPartitioned();
        List<Change> changes = new ArrayList<>(changed.cardinality());
        for (int i = changed.nextSetBit(0); i >= 0; i = changed.nextSetBit(i + 1)) {
            SimNode node = world.nodes().get(i);
            changes.add(new Change(i, firstBits(node.id()), conditionOf(node)));
        }
        film.add(new Frame(endOfFrame / NANOS_PER_SECOND, changes, right, wrong, datagrams, lost, lookups, faults));
        changed.clear();
        lookups.clear();
        faults.clear();
        right = 0;
        wrong = 0;
        datagrams = 0;
        lost = 0;
        endOfFrame += length;
    }

    private Condition conditionOf(SimNode node) {
        if (asleep.get(node.index())) {
            return Condition.ASLEEP;
        }
        if (node.core().isEmpty()) {
            return Condition.OFF;
        }
        if (!node.isHonest()) {
            return Condition.HOSTILE;
        }
        return split && node.host().side() == 1 ? Condition.UP_IN_SECOND_HALF : Condition.UP;
    }

    private static long firstBits(NodeId id) {
        return id.prefix() >>> Integer.SIZE;
    }

    /** Adds the frames that are missing, and how the run ended. */
    public void end(SimulationResult result) {
        while (endOfFrame - length < result.virtualTime().toNanos()) {
            addFrame();
        }
        film.end(result);
    }
}
