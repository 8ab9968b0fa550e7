package io.a2al.sim.life;

import io.a2al.sim.engine.Purpose;
import io.a2al.sim.engine.Stream;
import io.a2al.sim.world.NodeClock;
import io.a2al.sim.world.SimEvent;
import io.a2al.sim.world.SimNode;
import io.a2al.sim.world.World;
import java.time.Duration;

/**
 * Stops and restarts participants, and injects faults. Seed nodes are exempt from all of it except clock errors and
 * partitions; attackers neither leave nor sleep. What happens to a participant depends only on the seed and its number.
 * Not thread-safe.
 */
public final class Life {

    /** Mean time that a sleeping machine sleeps, in nanoseconds. */
    private static final long SLEEP = Duration.ofMinutes(30).toNanos();

    /** Mean time between wake-up and the next sleep, in nanoseconds. */
    private static final long AWAKE = Duration.ofHours(1).toNanos();

    /** Extra delay of all datagrams to a slow machine, in nanoseconds. */
    private static final long LAG = Duration.ofMillis(300).toNanos();

    /** A partition begins after the measured time divided by this. */
    private static final int PARTITION_DIVISOR = 4;

    private final World world;
    private final LifeSettings settings;

    /** When churn ends, in nanoseconds of virtual time. */
    private long until;

    /** Sets the clocks of all participants of a world, which must all be switched off. */
    public Life(World world, LifeSettings settings) {
        this.world = world;
        this.settings = settings;
        Machines machines = settings.machines();
        for (SimNode node : world.nodes()) {
            Stream stream = world.streams().of(Purpose.CLOCK, node.index());
            long skew = Math.round((2 * stream.nextUnit() - 1) * machines.skew().toSeconds());
            int drift = (int) Math.round((2 * stream.nextUnit() - 1) * machines.driftPpm());
            node.setClock(new NodeClock(0, drift, skew));
            if (!isSeedNode(node) && stream.chance(machines.slow())) {
                node.host().setLag(LAG);
            }
        }
    }

    private boolean isSeedNode(SimNode node) {
        return node.index() < world.seedNodes();
    }

    /** Schedules churn and faults between {@code from} and {@code end}, in nanoseconds of virtual time. */
    public void beginAt(long from, long end) {
        until = end;
        if (!settings.settling().isZero()) {
            world.queue().at(end, this::mendLinks);
        }
        if (settings.faults().dead() > 0) {
            world.queue().at(from, this::killMany);
        }
        if (!settings.faults().partition().isZero()) {
            long begin = from + (end - from) / PARTITION_DIVISOR;
            world.queue().at(begin, this::partition);
            world.queue().at(Math.min(end, begin + settings.faults().partition().toNanos()), this::heal);
        }
        for (SimNode node : world.nodes()) {
            Stream stream = world.streams().of(Purpose.SESSION, node.index());
            if (isSeedNode(node) || !node.isHonest()) {
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

    private void leave(SimNode node, Stream stream) {
        if (world.now() >= until || !node.isUp()) {
            return;
        }
        if (stream.chance(settings.churn().crashes())) {
            node.stop();
        } else {
            node.shutDown();
        }
        world.queue().after(settings.churn().drawAbsence(stream, world.now()), () -> restart(node, stream));
    }

    private void restart(SimNode node, Stream stream) {
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
            world.queue().after(sleep, () -> node.resume(clockStandsStillInSleep(node)));
            world.queue().after(sleep + (long) stream.nextExponential((double) AWAKE), () -> fallAsleep(node, stream));
        }
    }

    /** Systems differ in this, so every second machine has a monotonic clock that runs on. */
    private static boolean clockStandsStillInSleep(SimNode node) {
        return node.index() % 2 == 0;
    }

    // ---- many participants ------------------------------------------------------------------------------------
    // The texts of faults are part of the trace hash; they never change.

    private void killMany() {
        double share = settings.faults().dead();
        world.emit(new SimEvent.Fault(world.now(), "nodes die at once: " + share));
        for (SimNode node : world.nodes()) {
            boolean dies = world.streams().of(Purpose.FAULT, node.index()).chance(share);
            if (dies && !isSeedNode(node)) {
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
