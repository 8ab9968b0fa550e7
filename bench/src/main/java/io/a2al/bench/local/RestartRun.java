package io.a2al.bench.local;

import io.a2al.core.api.Origin;
import io.a2al.core.api.StoredRecord;
import io.a2al.dht.DhtNode;
import io.a2al.dht.PeerRpc;
import io.a2al.dht.files.DataDirectory;
import io.a2al.dht.files.MvRecordArchive;
import io.a2al.dht.files.RecordArchive;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.InvalidRecordException;
import io.a2al.protocol.record.RecordPayload;
import io.a2al.protocol.record.RecordSigner;
import io.a2al.protocol.record.RecordVerifier;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/**
 * Starts a node again and again with a directory full of records, and measures how soon it serves them. Not
 * thread-safe.
 */
public final class RestartRun {

    /** Records at random keys that are asked for at once. */
    private static final int SAMPLE = 1000;

    /** Records that are written at a time. */
    private static final int BATCH = 4096;

    /** Time to live of records in seconds; longer than any run. */
    private static final long TTL = TimeUnit.DAYS.toSeconds(1);

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    /** A node that does not serve a record within this time has lost it. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final RecordPayload PAYLOAD = EndpointPayload.of(List.of("quic://192.0.2.1:4122"));

    private final SecureRandom random = new SecureRandom();
    private final List<NodeId> keys = new ArrayList<>();

    private RestartRun() {}

    /**
     * The measurement of one restart.
     *
     * @param answer time from before the start of the process to its first answer
     * @param last time from then until the record was served that was stored last, and is restored last
     * @param sample time from the first answer until 1,000 records were served that were asked for at once, at random
     *     keys; all of them if there are fewer
     * @param cpu processor time of the node from the first answer until then, if it is known
     */
    public record Restart(Duration answer, Duration last, Duration sample, Optional<Duration> cpu) {}

    /**
     * Fills a directory, and starts nodes with it one after the other, each of which is killed at the end. Its files
     * are in the cache of the operating system, as after a restart of the program alone.
     *
     * @param launch how a node is started; its store must have room for the records
     * @param progress receives the number of records that are written
     * @throws IOException if a node does not start, or does not serve a record
     * @throws InterruptedException if the thread is interrupted
     */
    public static List<Restart> run(Launch launch, int records, int times, IntConsumer progress)
            throws IOException, InterruptedException {
        Path directory = NodeProcess.newDirectory();
        try {
            RestartRun run = new RestartRun();
            run.fill(directory.resolve("node"), records, progress);
            List<Restart> restarts = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                restarts.add(run.restart(launch, directory));
            }
            return List.copyOf(restarts);
        } finally {
            NodeProcess.delete(directory);
        }
    }

    private void fill(Path node, int records, IntConsumer progress) throws IOException {
        RecordVerifier trusting = RecordVerifier.trusting();
        long now = TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis()) - 1;
        try (DataDirectory directory = DataDirectory.open(node);
                RecordArchive archive = new MvRecordArchive(directory.storeFile())) {
            SequencedMap<Long, Optional<StoredRecord>> batch = new LinkedHashMap<>();
            while (keys.size() < records) {
                Identity publisher = Identity.generate(random);
                batch.put(
                        (long) keys.size(),
                        Optional.of(new StoredRecord(
                                publisher.nodeId(),
                                trusting.verify(
                                        RecordSigner.self(publisher.newSigner()).sign(PAYLOAD, now, now, TTL)),
                                Origin.EXEMPT)));
                keys.add(publisher.nodeId());
                if (batch.size() == BATCH || keys.size() == records) {
                    archive.apply(batch);
                    batch.clear();
                    progress.accept(keys.size());
                }
            }
        } catch (InvalidRecordException impossible) {
            throw new IllegalStateException("a payload of this class is invalid", impossible);
        }
    }

    private Restart restart(Launch launch, Path directory) throws IOException, InterruptedException {
        List<NodeId> sample = sample();
        try (DhtNode client = NodeClient.open(random)) {
            NodeProcess node = NodeProcess.startIn(directory, launch, 0);
            try {
                long begin = System.nanoTime();
                Optional<Duration> cpuAtStart = node.cpu();
                PeerRpc rpc = client.rpc().withTimeout(TIMEOUT);
                CompletableFuture<Duration> last = untilServed(rpc, node, keys.getLast(), begin);
                List<CompletableFuture<Duration>> others = sample.stream()
                        .map(key -> untilServed(rpc, node, key, begin))
                        .toList();
                Duration slowest = Duration.ZERO;
                for (CompletableFuture<Duration> other : others) {
                    slowest = max(slowest, await(other));
                }
                Duration served = await(last);
                Optional<Duration> cpu = cpuAtStart.flatMap(before -> node.cpu().map(after -> after.minus(before)));
                return new Restart(node.startup(), served, slowest, cpu);
            } finally {
                node.kill();
            }
        }
    }

    private List<NodeId> sample() {
        List<NodeId> sample = new ArrayList<>();
        SplittableRandom choice = new SplittableRandom(random.nextLong());
        for (int i = 0; i < Math.min(SAMPLE, keys.size()); i++) {
            sample.add(keys.get(choice.nextInt(keys.size())));
        }
        return sample;
    }

    /** Asks for a record until it is served; the future fails if it is not. */
    private static CompletableFuture<Duration> untilServed(PeerRpc rpc, NodeProcess node, NodeId key, long begin) {
        return rpc.findValueAsync(node.address(), key).thenCompose(answer -> {
            Duration elapsed = Duration.ofNanos(System.nanoTime() - begin);
            if (NodeClient.isServed(answer)) {
                return CompletableFuture.completedFuture(elapsed);
            }
            if (elapsed.compareTo(PATIENCE) > 0 || !node.isAlive()) {
                return CompletableFuture.failedFuture(new IOException("a record is not served: " + key));
            }
            return untilServed(rpc, node, key, begin);
        });
    }

    private static Duration await(CompletableFuture<Duration> served) throws IOException, InterruptedException {
        try {
            return served.get();
        } catch (ExecutionException e) {
            throw new IOException("records are not served after the restart: " + e.getMessage(), e);
        }
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }
}
