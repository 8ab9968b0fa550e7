package io.a2al.core.lookup;

import io.a2al.core.api.Holder;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.List;

/**
 * Collects all records at a key. Ends only when the nearest nodes have all answered (known-defects D-17) and those with
 * more records than a datagram holds were asked again as long as that brought new ones (D-20). Not thread-safe.
 */
public final class CollectRecords implements Goal {

    private final Merged merged = new Merged();
    private final Holders holders = new Holders();

    /** A goal that has only the records that our own store holds. */
    public CollectRecords(List<VerifiedRecord> local) {
        merged.add(local);
    }

    @Override
    public boolean onRecords(long now, Contact from, List<VerifiedRecord> records) {
        holders.add(from, records);
        return merged.add(records);
    }

    @Override
    public boolean wantsEverything() {
        return true;
    }

    @Override
    public boolean wantsVicinity() {
        return true;
    }

    @Override
    public List<VerifiedRecord> records() {
        return merged.newestFirst();
    }

    @Override
    public List<Holder> holders() {
        return holders.list(records());
    }
}
