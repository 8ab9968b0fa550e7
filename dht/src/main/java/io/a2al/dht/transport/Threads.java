package io.a2al.dht.transport;

/** Waiting for threads to end. Stateless and thread-safe. */
public final class Threads {

    private Threads() {}

    /**
     * Waits until {@code thread} has ended. An interrupt meanwhile is set again afterwards. Returns at once if it is
     * the calling thread itself, which would wait for ever.
     */
    public static void joinUninterruptibly(Thread thread) {
        if (thread == Thread.currentThread()) {
            return;
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
