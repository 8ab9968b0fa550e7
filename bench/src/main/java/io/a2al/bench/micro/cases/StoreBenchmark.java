package io.a2al.bench.micro.cases;

import io.a2al.bench.sample.Samples;
import io.a2al.core.api.PutResult;
import io.a2al.core.store.RecordStore;
import io.a2al.core.store.StoreLimits;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.RecordPolicy;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Operations of the record store: reading and eviction with 100,000 keys, the default limit; writing with 150,000. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
public class StoreBenchmark {

    private static final int KEYS = 100_000;

    /** Number of records beyond the limit of the full store. */
    private static final int MORE = 50_000;

    private final List<VerifiedRecord> records = new ArrayList<>();
    private RecordStore full = new RecordStore(StoreLimits.DEFAULT, RecordPolicy.standard());
    private RecordStore roomy = new RecordStore(StoreLimits.DEFAULT, RecordPolicy.standard());
    private int next;

    /** Fills both stores. */
    @Setup
    public void setUp() {
        Samples samples = new Samples(1);
        NodeId self = samples.nodeId();
        records.addAll(samples.endpointRecords(KEYS + MORE));
        full = new RecordStore(StoreLimits.DEFAULT.withMaxKeys(KEYS), RecordPolicy.standard(), Optional.of(self));
        roomy = new RecordStore(StoreLimits.DEFAULT.withMaxKeys(2 * KEYS), RecordPolicy.standard(), Optional.of(self));
        for (VerifiedRecord record : records) {
            var _ = full.put(NodeId.ZERO, record, Samples.NOW);
            var _ = roomy.put(NodeId.ZERO, record, Samples.NOW);
        }
    }

    private VerifiedRecord nextRecord() {
        next = (next + 1) % records.size();
        return records.get(next);
    }

    /** Reads the records at one key. */
    @Benchmark
    public List<VerifiedRecord> get() {
        return full.peekAll(nextRecord().addressId(), RecordType.ENDPOINT, Samples.NOW);
    }

    /** Removes a record and stores it again. */
    @Benchmark
    public PutResult put() {
        VerifiedRecord record = nextRecord();
        int removed = roomy.remove(record.addressId(), RecordType.ANY);
        if (removed != 1) {
            throw new IllegalStateException("the record was not in the store");
        }
        return roomy.put(NodeId.ZERO, record, Samples.NOW);
    }

    /** Stores a record in the full store, which evicts another one. */
    @Benchmark
    public PutResult putAtLimit() {
        return full.put(NodeId.ZERO, nextRecord(), Samples.NOW);
    }
}
