package io.a2al.bench.micro.cases;

import io.a2al.bench.sample.Samples;
import io.a2al.core.guard.SubnetShare;
import io.a2al.core.lookup.Completeness;
import io.a2al.core.lookup.FindNodes;
import io.a2al.core.lookup.Lookup;
import io.a2al.core.lookup.LookupPlan;
import io.a2al.core.lookup.LookupSettings;
import io.a2al.core.lookup.Step;
import io.a2al.core.routing.RoutingTable;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One request of a lookup, with an answer of sixteen contacts. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
public class LookupBenchmark {

    /** Number of requests of one lookup. */
    private static final int STEPS = 20;

    /** Deadline of the lookup and of its requests, in nanoseconds; never reached. */
    private static final long DEADLINE = 1_000_000_000;

    private final LookupPlan plan = new LookupPlan(
            new LookupSettings.Parallelism(3, 3),
            new LookupPlan.Pace(DEADLINE, 0),
            new LookupPlan.Breadth(RoutingTable.K, 8 * RoutingTable.K, 1),
            SubnetShare.NONE,
            LookupSettings.Repetition.DEFAULT);
    private final List<List<Contact>> answers = new ArrayList<>();
    private NodeId self = NodeId.ZERO;
    private NodeId target = NodeId.ZERO;

    /** Creates the answers. */
    @Setup
    public void setUp() {
        Samples samples = new Samples(1);
        self = samples.nodeId();
        target = samples.nodeId();
        for (int i = 0; i <= STEPS; i++) {
            List<Contact> contacts = new ArrayList<>();
            for (int j = 0; j < RoutingTable.K; j++) {
                contacts.add(samples.contact());
            }
            answers.add(contacts);
        }
    }

    /** Runs a lookup with {@value #STEPS} requests and returns their number. */
    @Benchmark
    @OperationsPerInvocation(STEPS)
    public int step() {
        Lookup lookup = new Lookup(plan, self, target, new FindNodes(), answers.getLast(), 0, DEADLINE);
        int asked = 0;
        for (int i = 0; i < STEPS; i++) {
            if (lookup.next(i) instanceof Step.Ask(Contact contact)) {
                lookup.onReply(i, contact, answers.get(i), List.of(), Completeness.WHOLE);
                asked++;
            }
        }
        return asked;
    }
}
