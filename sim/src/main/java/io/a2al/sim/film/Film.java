package io.a2al.sim.film;

import io.a2al.sim.Simulation;
import io.a2al.sim.result.Phase;
import io.a2al.sim.result.RunDescription;
import io.a2al.sim.result.SimulationResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The frames of a run. One thread adds them; any number read them, also while the run goes on. Thread-safe. */
public final class Film {

    /**
     * What does not change during a run.
     *
     * @param run the options, and the command that repeats the run
     * @param participants how many nodes and attackers there are
     * @param phases when each phase begins, in order
     * @param length virtual time of the whole run
     */
    public record Header(RunDescription run, int participants, List<Phase> phases, Duration length) {

        /** Copies the list. */
        public Header {
            phases = List.copyOf(phases);
        }

        static Header of(Simulation simulation) {
            return new Header(
                    simulation.options().describe(),
                    simulation.world().nodes().size(),
                    simulation.phases(),
                    simulation.length());
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition added = lock.newCondition();
    private final Header header;
    private final List<Frame> frames = new ArrayList<>();
    private Optional<SimulationResult> result = Optional.empty();

    /** A film without frames. */
    public Film(Header header) {
        this.header = header;
    }

    /** Returns what does not change. */
    public Header header() {
        return header;
    }

    void add(Frame frame) {
        lock.lock();
        try {
            frames.add(frame);
            added.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void end(SimulationResult how) {
        lock.lock();
        try {
            result = Optional.of(how);
            added.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns how the run ended; empty while it goes on. */
    public Optional<SimulationResult> result() {
        lock.lock();
        try {
            return result;
        } finally {
            lock.unlock();
        }
    }

    /** Returns all frames so far. */
    public List<Frame> frames() {
        lock.lock();
        try {
            return List.copyOf(frames);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns the frames after the first {@code seen}, at most {@code most}; waits for one, if the run goes on, for
     * this long at most.
     */
    public List<Frame> after(int seen, int most, Duration patience) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = patience.toNanos();
            while (frames.size() <= seen && result.isEmpty() && left > 0) {
                left = added.awaitNanos(left);
            }
            return List.copyOf(frames.subList(Math.min(seen, frames.size()), Math.min(seen + most, frames.size())));
        } finally {
            lock.unlock();
        }
    }
}
