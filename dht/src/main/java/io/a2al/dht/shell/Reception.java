package io.a2al.dht.shell;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;

/**
 * Whether the receiving threads keep up with the datagrams: as long as one of them finds the socket empty now and then,
 * no datagram waits for long. Thread-safe.
 */
public final class Reception {

    private final LongSupplier nanoTime;
    private final List<Progress> threads = new CopyOnWriteArrayList<>();

    /** No thread receives yet. */
    public Reception(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** The progress of one thread, which alone may tell of it. */
    final class Progress {

        private volatile boolean isBusy;
        private volatile long busySince;

        /** The thread handles a datagram. */
        void onDatagram() {
            if (!isBusy) {
                busySince = nanoTime.getAsLong();
                isBusy = true;
            }
        }

        /** The thread found no further datagram. */
        void onDrained() {
            isBusy = false;
        }
    }

    /** A thread begins to receive. */
    Progress newThread() {
        Progress progress = new Progress();
        threads.add(progress);
        return progress;
    }

    /** Returns how long no thread has found the socket empty, in nanoseconds; 0 if one waits for a datagram. */
    long nanosBehind() {
        long shortest = Long.MAX_VALUE;
        for (Progress thread : threads) {
            if (!thread.isBusy) {
                return 0;
            }
            shortest = Math.min(shortest, nanoTime.getAsLong() - thread.busySince);
        }
        return threads.isEmpty() ? 0 : shortest;
    }
}
