package io.a2al.bench.micro.cases;

import io.a2al.bench.sample.Samples;
import io.a2al.core.routing.RoutingTable;
import io.a2al.core.routing.RoutingTable.Evidence;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Search for the nearest contacts in the routing table of a node in a network of 100,000 nodes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
public class TableBenchmark {

    private static final int NETWORK = 100_000;
    private static final int TARGETS = 4096;

    private final Samples samples = new Samples(1);
    private final RoutingTable table = new RoutingTable(samples.nodeId());
    private final List<NodeId> targets = new ArrayList<>();
    private int next;

    /** Fills the table. */
    @Setup
    public void setUp() {
        for (int i = 0; i < NETWORK; i++) {
            var _ = table.offer(samples.contact(), Evidence.VERIFIED, 0);
        }
        for (int i = 0; i < TARGETS; i++) {
            targets.add(samples.nodeId());
        }
    }

    /** Finds the sixteen contacts nearest to a random target. */
    @Benchmark
    public List<Contact> nearest() {
        next = (next + 1) % TARGETS;
        return table.nearest(targets.get(next), RoutingTable.K, contact -> true);
    }
}
