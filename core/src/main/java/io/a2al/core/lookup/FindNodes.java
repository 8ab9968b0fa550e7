package io.a2al.core.lookup;

import io.a2al.core.api.Holder;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.List;

/** Finds the nearest nodes that answer; ignores records. Immutable; thread-safe. */
public final class FindNodes implements Goal {

    private final boolean thorough;

    /** A goal that wants all of the nearest nodes. */
    public FindNodes() {
        this(true);
    }

    private FindNodes(boolean thorough) {
        this.thorough = thorough;
    }

    /** Returns a goal that wants some nodes near the target, whichever, and asks no node twice for them. */
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
