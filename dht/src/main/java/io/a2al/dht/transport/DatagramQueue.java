package io.a2al.dht.transport;

import io.a2al.core.bounds.Occupancy;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/**
 * A queue of datagrams that wait for a reader. Adding never blocks: at the limit the datagram is dropped and counted.
 * Thread-safe.
 */
final class DatagramQueue {

    /**
     * A datagram in the queue.
     *
     * @param at the socket at which it arrived
     */
    record Arrived(Datagram datagram, UdpChannel at) {}

    private final int capacity;
    private final Queue<Arrived> waiting = new ArrayDeque<>();
    private long accepted;
    private long dropped;
    private boolean closed;

    DatagramQueue(int capacity) {
        this.capacity = capacity;
    }

    /** Adds a datagram, if there is room and the queue is open. */
    synchronized void offer(Arrived datagram) {
        if (closed || waiting.size() >= capacity) {
            dropped++;
            return;
        }
        accepted++;
        waiting.add(datagram);
        notify();
    }

    /** Counts a datagram that was dropped before it was offered. */
    synchronized void drop() {
        dropped++;
    }

    /** Removes and returns the next datagram; empty if there is none. */
    synchronized Optional<Arrived> poll() {
        return Optional.ofNullable(waiting.poll());
    }

    /** Waits for the next datagram and returns it; empty once the queue is closed. */
    synchronized Optional<Arrived> take() throws InterruptedException {
        while (waiting.isEmpty() && !closed) {
            wait();
        }
        return Optional.ofNullable(waiting.poll());
    }

    /** Wakes all waiting readers and drops the datagrams in the queue. */
    synchronized void close() {
        closed = true;
        dropped += waiting.size();
        waiting.clear();
        notifyAll();
    }

    synchronized Occupancy occupancy() {
        return new Occupancy(waiting.size(), capacity);
    }

    synchronized long accepted() {
        return accepted;
    }

    synchronized long dropped() {
        return dropped;
    }
}
