package io.a2al.bench.load;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Applies load to a node: stores the records that the requests need, warms up, and measures. Everything happens in the
 * calling thread. Requests are signed in batches, outside the measured time. If a batch is used up before the time is
 * over, the measurement pauses while the next batch is signed.
 */
public final class LoadRun {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /** Time in nanoseconds after which a request without an answer is lost. */
    private static final long TIMEOUT = SECOND;

    private static final int MIN_BATCH = 2048;
    private static final int MAX_BATCH = 50_000;

    /** Maximum number of times that the records needed by a load are sent to the node. */
    private static final int ATTEMPTS = 5;

    private final LoadSettings settings;
    private final LoadClient client;
    private final RequestMaker maker;
    private final CpuTime server;
    private final CpuTime own = CpuTime.own();

    private LoadRun(LoadSettings settings, LoadClient client, CpuTime server) {
        this.settings = settings;
        this.client = client;
        this.maker = new RequestMaker(client.senders());
        this.server = server;
    }

    /**
     * Applies load to a node and blocks until the measurement is complete.
     *
     * @param node the address of the node, which must be resolved
     * @throws IOException if a socket fails, the node does not store the records that the load needs, or the thread is
     *     interrupted
     * @throws IllegalArgumentException if the process with the id in the settings does not exist
     */
    public static LoadReport run(InetSocketAddress node, LoadSettings settings) throws IOException {
        CpuTime server = CpuTime.of(settings.pid());
        try (LoadClient client = new LoadClient(node, settings.identities(), settings.proven())) {
            return new LoadRun(settings, client, server).run();
        }
    }

    private LoadReport run() throws IOException {
        store(maker.preparation(settings));
        for (int left = settings.fill(); left > 0; left -= MAX_BATCH) {
            store(maker.batch(LoadMode.STORE, Math.min(left, MAX_BATCH)));
        }
        double rate = load(settings.warmup(), 0).answersPerSecond();
        return load(settings.duration(), rate).report(settings);
    }

    /** Signs and sends batches of requests until the time is over. */
    private Tally load(Duration duration, double expectedRate) throws IOException {
        Tally tally = new Tally();
        long left = duration.toNanos();
        double rate = expectedRate;
        while (left > 0) {
            double wanted = rate * left / SECOND * 1.25;
            int size = (int) Math.clamp(wanted, MIN_BATCH, MAX_BATCH);
            RequestBatch batch = maker.batch(settings.mode(), size);
            left -= send(batch, settings.rate(), left, tally);
            rate = tally.answersPerSecond();
        }
        return tally;
    }

    /** Sends a batch of STOREs until all of them are confirmed in one attempt. */
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
        throw new IOException(
                "the node did not store the records that this load needs;" + " check that a node runs at this address");
    }

    /**
     * Sends requests until the batch is used up or the time is over, and handles the answers.
     *
     * @param rate maximum number of requests per second, 0 for no limit
     * @param nanos maximum time
     * @return measured time in nanoseconds, at least 1
     */
    private long send(RequestBatch batch, int rate, long nanos, Tally tally) throws IOException {
        InFlight inFlight = new InFlight(batch.size(), TIMEOUT);
        long[] lastAnswer = {0};
        client.setAnswerHandler((sender, answer, length) -> {
            long now = System.nanoTime();
            int number = batch.numberOf(answer.transactionId(), sender);
            long latency = inFlight.answered(number, now);
            if (latency >= 0) {
                lastAnswer[0] = now;
                tally.answered(answer, batch.answer(number), latency, length, client.codec());
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
            boolean isPaced = rate > 0 && inFlight.size() < settings.window();
            client.poll(isPaced ? 0 : 1);
            now = System.nanoTime();
            tally.lost(inFlight.expire(now));
            checkInterrupt();
        }
        long end = inFlight.hasNext() ? now : start;
        while (inFlight.size() > 0) {
            client.poll(1);
            tally.lost(inFlight.expire(System.nanoTime()));
            checkInterrupt();
        }
        long elapsed = Math.max(end, lastAnswer[0]) - start;
        tally.addTime(elapsed, difference(serverBefore, server.read()), difference(ownBefore, own.read()));
        return Math.max(elapsed, 1);
    }

    private void fill(RequestBatch batch, InFlight inFlight, Pace pace, long now) throws IOException {
        while (inFlight.size() < settings.window()
                && inFlight.hasNext()
                && pace.isDue(inFlight.next(), now)
                && LoadClient.send(batch.sender(inFlight.next()), batch.datagram(inFlight.next()))) {
            inFlight.sent(pace.sentAt(inFlight.next()));
        }
    }

    /**
     * The times at which requests are due. Latencies are counted from the due time and not from the time of sending.
     * Otherwise a slow node would delay the requests and so hide its own latency.
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
