package io.a2al.bench.local;

import io.a2al.protocol.id.NodeId;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

/**
 * Kills a node under load again and again, and looks each time whether it still has the records that it acknowledged.
 * Its directory stays the same, so that restarts with much on the disk are among them, until it holds many records;
 * then all of them are looked for, and an empty one follows. Not thread-safe.
 */
public final class CrashRun {

    /** Records that a directory holds at most before the next begins; half of the keys of a store. */
    private static final int MAX_RECORDS = 50_000;

    /** Of the records of earlier kills, so many are looked for after each. */
    private static final int SAMPLE = 500;

    /** Time from the begin of the load to the kill. */
    private static final long MIN_LOAD_MILLIS = 300;

    private static final long MAX_LOAD_MILLIS = 3000;

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final KillableNode node;
    private final CrashSettings settings;
    private final BooleanSupplier stopped;
    private final SplittableRandom random;

    /** Records that the directory must hold. */
    private final List<NodeId> earlier = new ArrayList<>();

    private final Set<NodeId> lost = new LinkedHashSet<>();

    /** How long before the kill the records of the directory were confirmed. */
    private final Map<NodeId, Duration> ages = new HashMap<>();

    private Duration oldestLost = Duration.ZERO;

    /** Records that the directory may hold, as all that were acknowledged may have been written. */
    private int inDirectory;

    private int kills;
    private long acknowledged;
    private long checked;
    private Duration slowestAnswer = Duration.ZERO;
    private Duration slowestRecords = Duration.ZERO;

    CrashRun(KillableNode node, CrashSettings settings, BooleanSupplier stopped) {
        this.node = node;
        this.settings = settings;
        this.stopped = stopped;
        this.random = new SplittableRandom(settings.seed());
    }

    /**
     * Kills nodes and starts them again, one at a time. All processes have ended and their directories are deleted when
     * this returns or throws.
     *
     * @param launch how a node is started; it must keep its records in the directory
     * @param stopped becomes true to end the run early, within a few seconds
     * @param progress receives the number of kills so far
     * @throws IOException if a node does not start, or ends by itself
     * @throws InterruptedException if the thread is interrupted
     */
    public static CrashReport run(Launch launch, CrashSettings settings, BooleanSupplier stopped, IntConsumer progress)
            throws IOException, InterruptedException {
        try (KillableNode node = new KillableProcess(launch, settings.rate())) {
            return new CrashRun(node, settings, stopped).run(progress);
        }
    }

    CrashReport run(IntConsumer progress) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        try {
            var _ = node.start();
            while (kills < settings.kills() && !stopped.getAsBoolean()) {
                killOnce();
                progress.accept(kills);
            }
            var _ = check(earlier);
        } catch (IOException e) {
            // A signal of the terminal reaches the node as well, and ends it.
            if (!stopped.getAsBoolean()) {
                throw new IOException(
                        "after " + kills + " kills and " + lost.size() + " lost records: " + e.getMessage(), e);
            }
        }
        return new CrashReport(
                kills,
                acknowledged,
                checked,
                List.copyOf(lost),
                oldestLost,
                slowestAnswer,
                slowestRecords,
                Duration.ofNanos(System.nanoTime() - begin));
    }

    private void killOnce() throws IOException, InterruptedException {
        long load = random.nextLong(MIN_LOAD_MILLIS, MAX_LOAD_MILLIS);
        Map<NodeId, Duration> stored = node.loadAndKill(Duration.ofMillis(load));
        if (stopped.getAsBoolean()) {
            return;
        }
        acknowledged += stored.size();
        inDirectory += stored.size();
        ages.putAll(stored);
        List<NodeId> due = stored.entrySet().stream()
                .filter(record -> record.getValue().compareTo(settings.grace()) >= 0)
                .map(Map.Entry::getKey)
                .toList();
        Duration answer = node.start();
        slowestAnswer = max(slowestAnswer, answer);
        Set<NodeId> wanted = new LinkedHashSet<>(due);
        for (int i = 0; i < SAMPLE && !earlier.isEmpty(); i++) {
            wanted.add(earlier.get(random.nextInt(earlier.size())));
        }
        Duration all = answer.plus(check(wanted));
        slowestRecords = max(slowestRecords, all);
        earlier.addAll(due);
        earlier.removeAll(lost);
        kills++;
        if (inDirectory > MAX_RECORDS) {
            var _ = check(earlier);
            earlier.clear();
            ages.clear();
            inDirectory = 0;
            node.renew();
        }
    }

    /** Looks for records until all are found or the patience is over; returns how long it took. */
    private Duration check(Collection<NodeId> keys) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Collection<NodeId> missing = keys;
        Duration elapsed;
        do {
            missing = node.missing(missing);
            elapsed = Duration.ofNanos(System.nanoTime() - begin);
            if (stopped.getAsBoolean()) {
                return elapsed;
            }
            if (!missing.isEmpty()) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } while (!missing.isEmpty() && elapsed.compareTo(settings.patience()) < 0);
        checked += keys.size();
        for (NodeId key : missing) {
            lost.add(key);
            oldestLost = max(oldestLost, ages.getOrDefault(key, Duration.ZERO));
        }
        return elapsed;
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }
}
