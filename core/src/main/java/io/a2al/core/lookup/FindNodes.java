package io.a2al.core.lookup;

import io.a2al.core.api.Holder;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.List;

/** The nearest nodes that answer; records do not matter. */
public final class FindNodes implements Goal {

    private final boolean thorough;

    /** For one lookup that is to find all of the nearest. */
    public FindNodes() {
        this(true);
    }

    private FindNodes(boolean thorough) {
        this.thorough = thorough;
    }

    /** For one lookup that is to find some nodes near the target, whichever, and asks nobody twice for that. */
    public static FindNodes cursory() {
        return new FindNodes(false);
    }

    @Override
    public boolean onRecords(long now, Contact from, List<VerifiedRecord> records) {
        // FIND_NODE answers carry none.
        return false;
    }

    @Override
    public boolean wantsAllNodes() {
        return thorough;
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
