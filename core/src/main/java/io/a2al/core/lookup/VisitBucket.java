package io.a2al.core.lookup;

import io.a2al.protocol.message.Contact;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.List;

/**
 * Some nodes of one part of the network, to be known to them and to know them: for a bucket of the routing table. It does
 * not matter whether all of the nearest are heard, so nobody is asked twice.
 */
public final class VisitBucket implements Goal {

    /** For one lookup. */
    public VisitBucket() {}

    @Override
    public boolean onRecords(long now, Contact from, List<VerifiedRecord> records) {
        // FIND_NODE answers carry none.
        return false;
    }

    @Override
    public boolean wantsAllNodes() {
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
