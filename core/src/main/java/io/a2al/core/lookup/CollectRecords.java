package io.a2al.core.lookup;

import io.a2al.protocol.record.RecordOrder;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.List;

/** Everything there is at a key: ends only when the nearest nodes were all heard (known-defects D-17). */
public final class CollectRecords implements Goal {

    private final Merged merged = new Merged();

    /** Begins with what we hold ourselves. */
    public CollectRecords(List<VerifiedRecord> local) {
        merged.add(local);
    }

    @Override
    public void onRecords(long now, List<VerifiedRecord> records) {
        merged.add(records);
    }

    @Override
    public List<VerifiedRecord> records() {
        return merged.sorted(RecordOrder.TOTAL.reversed());
    }
}
