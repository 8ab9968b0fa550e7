package io.a2al.sim.engine;

import java.util.Arrays;

/**
 * A queue of pending events, ordered by virtual time. Events with equal times run in the order in which they were
 * added, so that runs repeat exactly. Implemented as a binary heap in plain arrays. The queue itself has no limit; its
 * size is bounded by its users, which add the datagrams in flight and a few timers for each participant. Times are in
 * nanoseconds since the start of the run. Not thread-safe.
 */
public final class EventQueue {

    /** The value of {@link #nextTime()} for an empty queue. */
    public static final long NEVER = Long.MAX_VALUE;

    private static final int INITIAL = 1024;

    private long[] times = new long[INITIAL];
    private long[] sequences = new long[INITIAL];
    private Runnable[] actions = new Runnable[INITIAL];
    private final Runnable nothing = this::nothing;
    private int size;
    private long sequence;
    private long now;

    /** Creates an empty queue at time 0. */
    public EventQueue() {}

    /** Returns the current time: that of the running event, or of the last one that ran. */
    public long now() {
        return now;
    }

    /** Returns the number of pending events. */
    public int size() {
        return size;
    }

    /** Returns the number of events added since the queue was created. */
    public long added() {
        return sequence;
    }

    /** Returns the time at which the next event is due, or {@link #NEVER} if there is none. */
    public long nextTime() {
        return size == 0 ? NEVER : times[0];
    }

    /**
     * Adds an event that runs at the given time.
     *
     * @throws IllegalArgumentException if {@code time} is before {@link #now()}
     */
    public void at(long time, Runnable action) {
        if (time < now) {
            throw new IllegalArgumentException("event time: " + time + " ns; must not be before now, " + now + " ns");
        }
        if (size == times.length) {
            grow();
        }
        siftUp(size++, time, sequence++, action);
    }

    /** Adds an event that runs {@code delay} nanoseconds from now. */
    public void after(long delay, Runnable action) {
        at(now + delay, action);
    }

    /** Advances the time to the next event and runs it. The queue must not be empty. */
    public void runNext() {
        now = times[0];
        Runnable action = actions[0];
        removeFirst();
        action.run();
    }

    /**
     * Advances the time without running an event.
     *
     * @throws IllegalArgumentException if {@code time} is in the past or after the next event
     */
    public void advanceTo(long time) {
        if (time > nextTime() || time < now) {
            throw new IllegalArgumentException("time: " + time + " ns; must be from now, " + now
                    + " ns, to the next event, " + nextTime() + " ns");
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

    /** Fills unused slots of the array, so that actions that have run can be garbage-collected. */
    private void nothing() {
        // Does nothing.
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
