package io.a2al.core.lookup;

import io.a2al.core.api.Holder;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.List;

/**
 * Everything there is at a key: ends only when the nearest nodes were all heard (known-defects D-17), and those with
 * more records than a datagram holds were asked again while that brought new ones (D-20).
 */
public final class CollectRecords implements Goal {

    private final Merged merged = new Merged();
    private final Holders holders = new Holders();

    /** Begins with what we hold ourselves. */
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
    public List<VerifiedRecord> records() {
        return merged.newestFirst();
    }

    @Override
    public List<Holder> holders() {
        return holders.list(records());
    }
}
