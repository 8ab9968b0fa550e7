package io.a2al.core.lookup;

import io.a2al.protocol.message.Contact;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.List;

/** The nearest nodes that answer; records do not matter. */
public final class FindNodes implements Goal {

    /** For one lookup. */
    public FindNodes() {}

    @Override
    public boolean onRecords(long now, Contact from, List<VerifiedRecord> records) {
        // FIND_NODE answers carry none.
        return false;
    }

    @Override
    public List<VerifiedRecord> records() {
        return List.of();
    }

    @Override
    public List<Holder> holders() {
        return List.of();
    }
}
