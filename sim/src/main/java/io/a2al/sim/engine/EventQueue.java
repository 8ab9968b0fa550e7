package io.a2al.sim.engine;

import java.util.Arrays;

/**
 * What is still to happen, in the order of virtual time; equal times in the order they were added, so that runs repeat
 * exactly. A binary heap in plain arrays. Bounded by what adds events: datagrams under way and a few timers for each
 * participant. Times in nanoseconds from the beginning of the run. Not thread-safe.
 */
public final class EventQueue {

    /** {@link #nextTime()} of an empty queue. */
    public static final long NEVER = Long.MAX_VALUE;

    private static final int INITIAL = 1024;

    private long[] times = new long[INITIAL];
    private long[] sequences = new long[INITIAL];
    private Runnable[] actions = new Runnable[INITIAL];
    private final Runnable nothing = this::nothing;
    private int size;
    private long sequence;
    private long now;

    /** Nothing is to happen yet. */
    public EventQueue() {}

    /** The time of the event that runs, or of the latest one. */
    public long now() {
        return now;
    }

    /** Number of events that are still to happen. */
    public int size() {
        return size;
    }

    /** Number of events added so far. */
    public long added() {
        return sequence;
    }

    /** When the next event is due; {@link #NEVER} if there is none. */
    public long nextTime() {
        return size == 0 ? NEVER : times[0];
    }

    /**
     * Adds an event.
     *
     * @throws IllegalArgumentException if the time has passed
     */
    public void at(long time, Runnable action) {
        if (time < now) {
            throw new IllegalArgumentException("an event for " + time + " ns was added at " + now + " ns");
        }
        if (size == times.length) {
            grow();
        }
        siftUp(size++, time, sequence++, action);
    }

    /** Adds an event that happens after this many nanoseconds. */
    public void after(long delay, Runnable action) {
        at(now + delay, action);
    }

    /** Lets the next event happen; there must be one. */
    public void runNext() {
        now = times[0];
        Runnable action = actions[0];
        removeFirst();
        action.run();
    }

    /** Moves time forward to where nothing happens. */
    public void advanceTo(long time) {
        if (time > nextTime() || time < now) {
            throw new IllegalArgumentException("time cannot be moved from " + now + " to " + time + " ns");
        }
        now = time;
    }

    private void grow() {
        int larger = size * 2;
        times = Arrays.copyOf(times, larger);
        sequences = Arrays.copyOf(sequences, larger);
        actions = Arrays.copyOf(actions, larger);
    }

    private void siftUp(int from, long time, long order, Runnable action) {
        int hole = from;
        while (hole > 0) {
            int parent = (hole - 1) >>> 1;
            if (isBefore(parent, time, order)) {
                break;
            }
            move(parent, hole);
            hole = parent;
        }
        put(hole, time, order, action);
    }

    private void removeFirst() {
        size--;
        long time = times[size];
        long order = sequences[size];
        Runnable action = actions[size];
        actions[size] = nothing;
        int hole = 0;
        int child = 1;
        while (child < size) {
            if (child + 1 < size && isBefore(child + 1, times[child], sequences[child])) {
                child++;
            }
            if (!isBefore(child, time, order)) {
                break;
            }
            move(child, hole);
            hole = child;
            child = 2 * hole + 1;
        }
        if (size > 0) {
            put(hole, time, order, action);
        }
    }

    /** Stands where no action is, so that those that happened are let go of. */
    private void nothing() {
        // There is nothing to do.
    }

    private boolean isBefore(int place, long time, long order) {
        return times[place] < time || (times[place] == time && sequences[place] < order);
    }

    private void move(int from, int to) {
        put(to, times[from], sequences[from], actions[from]);
    }

    private void put(int place, long time, long order, Runnable action) {
        times[place] = time;
        sequences[place] = order;
        actions[place] = action;
    }
}
