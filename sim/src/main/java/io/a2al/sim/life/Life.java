package io.a2al.sim.life;

import io.a2al.sim.engine.Purpose;
import io.a2al.sim.engine.Stream;
import io.a2al.sim.world.NodeClock;
import io.a2al.sim.world.SimEvent;
import io.a2al.sim.world.SimNode;
import io.a2al.sim.world.World;
import java.time.Duration;

/**
 * Lets participants come and go, and faults strike. Those that everybody joins through are spared, and attackers stay.
 * What happens to one participant follows from the seed and its number. Not thread-safe.
 */
public final class Life {

    private static final long SLEEP = Duration.ofMinutes(30).toNanos();
    private static final long AWAKE = Duration.ofHours(1).toNanos();
    private static final long LAG = Duration.ofMillis(300).toNanos();
    private static final int QUARTER = 4;

    private final World world;
    private final LifeSettings settings;
    private long until;

    /** Sets the clocks of a world whose participants are all still switched off. */
    public Life(World world, LifeSettings settings) {
        this.world = world;
        this.settings = settings;
        Machines machines = settings.machines();
        for (SimNode node : world.nodes()) {
            Stream stream = world.streams().of(Purpose.CLOCK, node.index());
            long skew = Math.round((2 * stream.nextUnit() - 1) * machines.skew().toSeconds());
            int drift = (int) Math.round((2 * stream.nextUnit() - 1) * machines.driftPpm());
            node.setClock(new NodeClock(0, drift, skew));
            if (!isSpared(node) && stream.chance(machines.slow())) {
                node.host().setLag(LAG);
            }
        }
    }

    private boolean isSpared(SimNode node) {
        return node.index() < world.seedNodes();
    }

    /**
     * From {@code from} on participants come and go and faults strike; from {@code end} on nothing strikes any more.
     */
    public void beginAt(long from, long end) {
        until = end;
        if (!settings.settling().isZero()) {
            world.queue().at(end, this::mendLinks);
        }
        if (settings.dead() > 0) {
            world.queue().at(from, this::massFailure);
        }
        if (!settings.partition().isZero()) {
            long begin = from + (end - from) / QUARTER;
            world.queue().at(begin, this::partition);
            world.queue().at(Math.min(end, begin + settings.partition().toNanos()), this::heal);
        }
        for (SimNode node : world.nodes()) {
            Stream stream = world.streams().of(Purpose.SESSION, node.index());
            if (isSpared(node) || !node.isHonest()) {
                continue;
            }
            if (stream.chance(settings.churn().share())) {
                world.queue().at(from + settings.churn().drawRest(stream), () -> leave(node, stream));
            }
            if (stream.chance(settings.machines().sleepers())) {
                world.queue().at(from + (long) stream.nextExponential((double) AWAKE), () -> fallAsleep(node, stream));
            }
        }
    }

    // ---- one participant --------------------------------------------------------------------------------------

    /** Half of those who leave close their node, the others are just gone. */
    private void leave(SimNode node, Stream stream) {
        if (world.now() >= until || !node.isUp()) {
            return;
        }
        if (stream.nextBoolean()) {
            node.shutDown();
        } else {
            node.stop();
        }
        world.queue().after(settings.churn().drawAbsence(stream, world.now()), () -> comeBack(node, stream));
    }

    private void comeBack(SimNode node, Stream stream) {
        if (node.isRetired()) {
            return;
        }
        if (stream.chance(settings.churn().newIdentity())) {
            node.loseData(world.crypto().newKeys(stream));
        }
        node.start(world.seedsFor(node));
        world.queue().after(settings.churn().drawSession(stream), () -> leave(node, stream));
    }

    private void fallAsleep(SimNode node, Stream stream) {
        if (world.now() < until && node.isUp()) {
            node.suspend();
            long sleep = (long) stream.nextExponential((double) SLEEP);
            world.queue().after(sleep, node::resume);
            world.queue().after(sleep + (long) stream.nextExponential((double) AWAKE), () -> fallAsleep(node, stream));
        }
    }

    // ---- everybody --------------------------------------------------------------------------------------------

    private void massFailure() {
        world.emit(new SimEvent.Fault(world.now(), "nodes die at once: " + settings.dead()));
        for (SimNode node : world.nodes()) {
            boolean dies = world.streams().of(Purpose.FAULT, node.index()).chance(settings.dead());
            if (dies && !isSpared(node)) {
                node.retire();
            }
        }
    }

    private void mendLinks() {
        world.emit(new SimEvent.Fault(world.now(), "links lose nothing any more"));
        world.network().mendLinks();
    }

    private void partition() {
        for (SimNode node : world.nodes()) {
            Stream stream = world.streams().of(Purpose.FAULT, -1L - node.index());
            node.host().setSide(stream.nextBelow(2));
        }
        world.emit(new SimEvent.Fault(world.now(), "the network falls into two halves"));
        world.network().setPartitioned(true);
    }

    private void heal() {
        world.emit(new SimEvent.Fault(world.now(), "the network is whole again"));
        world.network().setPartitioned(false);
    }
}
