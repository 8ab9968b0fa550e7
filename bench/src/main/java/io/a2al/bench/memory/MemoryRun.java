package io.a2al.bench.memory;

import io.a2al.bench.sample.SampleNode;
import io.a2al.bench.sample.SampleNode.Peer;
import io.a2al.bench.sample.Samples;
import io.a2al.core.NodeSettings;
import io.a2al.core.api.Command;
import io.a2al.core.api.Input;
import io.a2al.dht.DhtNode;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.VerifiedRecord;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Measures the heap that nodes in this process use. Other activity in the process distorts the result. */
public final class MemoryRun {

    private static final int NODES = 50;
    private static final int CONTACTS = 64;
    private static final int REQUESTS = 4096;
    private static final int RUNNING_NODES = 20;

    private static final int MAX_COLLECTIONS = 50;

    /** Number of collections without a significantly smaller result, after which the heap counts as stable. */
    private static final int STABLE_COLLECTIONS = 3;

    /** Time after each collection, in which native objects are released in the background. */
    private static final Duration PAUSE = Duration.ofMillis(50);

    /** Bytes; smaller differences between two collections are not significant. */
    private static final long NOISE = 4096;

    private final Samples samples = new Samples(1);

    private MemoryRun() {}

    /**
     * Runs all measurements. Most of the time is spent on signing the records.
     *
     * @param records number of records to store, at most as many as a node keeps by default
     * @throws IOException if a node cannot be started
     * @throws InterruptedException if the thread is interrupted
     */
    public static MemoryReport run(int records) throws IOException, InterruptedException {
        return new MemoryRun().measure(records);
    }

    private MemoryReport measure(int records) throws IOException, InterruptedException {
        SignedRecord sample = Samples.endpointRecord(samples.identity());
        // The first round initialises classes and tables that exist once per process. Its results are discarded.
        perRecord(Math.min(records, 100));
        perContact();
        perRequest();
        perNode(1);
        return new MemoryReport(
                records,
                perRecord(records),
                sample.encodedLength(),
                perContact(),
                perRequest(),
                perNode(RUNNING_NODES));
    }

    private SampleNode newNode() {
        return new SampleNode(NodeSettings.DEFAULT, samples);
    }

    private double perRecord(int records) throws InterruptedException {
        SampleNode node = newNode();
        Peer sender = node.introduce(1).getFirst();
        long before = heapInUse();
        for (int i = 0; i < records; i++) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            VerifiedRecord record = samples.verified(Samples.endpointRecord(samples.identity()));
            Message store = new Message.Store(record.record(), Optional.empty());
            var _ = node.core().handle(SampleNode.NOW, node.received(sender, store, List.of(record)));
        }
        long after = heapInUse();
        return (double) (after - before) / node.core().store().records();
    }

    private double perContact() throws InterruptedException {
        List<SampleNode> nodes = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            nodes.add(newNode());
        }
        long before = heapInUse();
        for (SampleNode node : nodes) {
            var _ = node.introduce(CONTACTS);
        }
        long after = heapInUse();
        int contacts = nodes.stream()
                .mapToInt(node -> node.core().statistics().table().contacts().used())
                .sum();
        return (double) (after - before) / contacts;
    }

    private double perRequest() throws InterruptedException {
        SampleNode node = newNode();
        long before = heapInUse();
        for (int i = 0; i < REQUESTS; i++) {
            var _ = node.core()
                    .handle(
                            SampleNode.NOW,
                            new Input.Submit(i, new Command.Ping(samples.endpoint(), Duration.ofSeconds(2))));
        }
        long after = heapInUse();
        int pending = node.core().statistics().requests().pending().used();
        return (double) (after - before) / pending;
    }

    private double perNode(int count) throws IOException, InterruptedException {
        List<DhtNode> nodes = new ArrayList<>();
        long before = heapInUse();
        try {
            for (int i = 0; i < count; i++) {
                nodes.add(DhtNode.builder()
                        .identity(samples.identity())
                        .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .threads(1)
                        .build()
                        .start());
            }
            return (double) (heapInUse() - before) / count;
        } finally {
            nodes.forEach(DhtNode::close);
        }
    }

    /**
     * Returns the used heap in bytes after garbage collections, that is, the size of the reachable objects. Collects
     * repeatedly until the result is stable, because native objects are released in the background.
     */
    private static long heapInUse() throws InterruptedException {
        long smallest = Long.MAX_VALUE;
        int stable = 0;
        for (int round = 0; round < MAX_COLLECTIONS && stable < STABLE_COLLECTIONS; round++) {
            System.gc();
            Thread.sleep(PAUSE);
            Runtime runtime = Runtime.getRuntime();
            long used = runtime.totalMemory() - runtime.freeMemory();
            stable = used > smallest - NOISE ? stable + 1 : 0;
            smallest = Math.min(smallest, used);
        }
        return smallest;
    }
}
