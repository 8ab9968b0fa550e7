package io.a2al.bench.load;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * One load on one node: prepares what the requests need, warms up, and measures. All on the caller's thread. Requests
 * are signed while the clock stands still; when they are used up before the time is over, it stops until there are new
 * ones.
 */
public final class LoadRun {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /** Silence for so long means that nobody will answer. */
    private static final long PATIENCE = SECOND;

    private static final int SMALLEST_BATCH = 2048;
    private static final int LARGEST_BATCH = 50_000;

    /** A record that is needed is offered this often. */
    private static final int ATTEMPTS = 5;

    private final LoadSettings settings;
    private final LoadClient client;
    private final RequestMaker maker;
    private final CpuTime server;
    private final CpuTime own = CpuTime.own();

    private LoadRun(LoadSettings settings, LoadClient client, CpuTime server) {
        this.settings = settings;
        this.client = client;
        this.maker = new RequestMaker(client.members());
        this.server = server;
    }

    /**
     * Puts load on the node at an address, which must be resolved.
     *
     * @throws IOException if a socket fails, or nobody answers the requests that prepare the load
     * @throws IllegalArgumentException if the process whose time is wanted does not exist
     */
    public static LoadReport run(InetSocketAddress node, LoadSettings settings) throws IOException {
        CpuTime server = CpuTime.of(settings.pid());
        try (LoadClient client = new LoadClient(node, settings.identities(), settings.proven())) {
            return new LoadRun(settings, client, server).run();
        }
    }

    private LoadReport run() throws IOException {
        store(maker.preparation(settings));
        for (int left = settings.fill(); left > 0; left -= LARGEST_BATCH) {
            store(maker.batch(LoadMode.STORE, Math.min(left, LARGEST_BATCH)));
        }
        double rate = load(settings.warmup(), 0).rate();
        return load(settings.duration(), rate).report(settings);
    }

    /** Signs requests as often as needed and sends them until the time is over. */
    private Tally load(Duration duration, double expectedRate) throws IOException {
        Tally tally = new Tally();
        long left = duration.toNanos();
        double rate = expectedRate;
        while (left > 0) {
            double wanted = rate * left / SECOND * 1.25;
            int size = (int) Math.clamp(wanted, SMALLEST_BATCH, LARGEST_BATCH);
            RequestBatch batch = maker.batch(settings.mode(), size);
            left -= send(batch, settings.rate(), left, tally);
            rate = tally.rate();
        }
        return tally;
    }

    /** Sends these STOREs until all of them have been confirmed in one go. */
    private void store(RequestBatch batch) throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Tally tally = new Tally();
            send(batch, 0, Long.MAX_VALUE / 2, tally);
            if (tally.answers() == batch.size() && tally.wrong() == 0) {
                return;
            }
            if (tally.answers() == 0) {
                break;
            }
        }
        throw new IOException("the node did not store the records that this load needs; does one run at this address?");
    }

    /**
     * Sends requests until there are no more or the time is over, and takes the answers.
     *
     * @param rate requests per second at most, 0 for no such limit
     * @return how long the clock ran
     */
    private long send(RequestBatch batch, int rate, long nanos, Tally tally) throws IOException {
        InFlight inFlight = new InFlight(batch.size(), PATIENCE);
        long[] lastAnswer = {0};
        client.tell((receiver, answer, length) -> {
            long now = System.nanoTime();
            int number = batch.numberOf(answer.transactionId(), receiver);
            long took = inFlight.answered(number, now);
            if (took >= 0) {
                lastAnswer[0] = now;
                tally.answered(answer, batch.answer(number), took, length, client.codec());
            }
        });
        Optional<Duration> serverBefore = server.read();
        Optional<Duration> ownBefore = own.read();
        long start = System.nanoTime();
        lastAnswer[0] = start;
        Pace pace = new Pace(start, rate);
        long now = start;
        while (now - start < nanos && inFlight.hasNext()) {
            fill(batch, inFlight, pace, now);
            boolean isPaced = rate > 0 && inFlight.underWay() < settings.window();
            client.poll(isPaced ? 0 : 1);
            now = System.nanoTime();
            tally.lost(inFlight.giveUp(now));
            checkInterrupt();
        }
        long end = inFlight.hasNext() ? now : start;
        while (inFlight.underWay() > 0) {
            client.poll(1);
            tally.lost(inFlight.giveUp(System.nanoTime()));
            checkInterrupt();
        }
        long elapsed = Math.max(end, lastAnswer[0]) - start;
        tally.ran(elapsed, difference(serverBefore, server.read()), difference(ownBefore, own.read()));
        return Math.max(elapsed, 1);
    }

    private void fill(RequestBatch batch, InFlight inFlight, Pace pace, long now) throws IOException {
        while (inFlight.underWay() < settings.window()
                && inFlight.hasNext()
                && pace.isDue(inFlight.next(), now)
                && LoadClient.send(batch.sender(inFlight.next()), batch.datagram(inFlight.next()))) {
            inFlight.sent(pace.sentAt(inFlight.next()));
        }
    }

    /**
     * When each request is to be sent; times are counted from then, or else a slow node would delay its own
     * examination.
     */
    private record Pace(long start, int rate) {

        boolean isDue(int number, long now) {
            return rate == 0 || due(number) - now <= 0;
        }

        long sentAt(int number) {
            return rate == 0 ? System.nanoTime() : due(number);
        }

        private long due(int number) {
            return start + number * SECOND / rate;
        }
    }

    private static Optional<Duration> difference(Optional<Duration> before, Optional<Duration> after) {
        return before.flatMap(earlier -> after.map(later -> later.minus(earlier)));
    }

    private static void checkInterrupt() throws InterruptedIOException {
        if (Thread.interrupted()) {
            throw new InterruptedIOException("interrupted");
        }
    }
}
