package io.a2al.core.lookup;

import io.a2al.core.api.Holder;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.List;

/**
 * What a lookup is for: takes the records of each answer and says when enough is known. Records come in valid,
 * permitted at the key and of the wanted type. Not thread-safe.
 */
public sealed interface Goal permits FindNodes, FindRecord, CollectRecords {

    /** A time that never comes. */
    long NEVER = Long.MAX_VALUE;

    /** Takes the records of one answer, perhaps none; true if one of them was not known before. */
    boolean onRecords(long now, Contact from, List<VerifiedRecord> records);

    /** True if a holder that had to leave out records is to be asked for them as well. */
    default boolean wantsEverything() {
        return false;
    }

    /** True if a node that may have named fewer nodes than it knows is to be asked again. */
    default boolean wantsAllNodes() {
        return true;
    }

    /**
     * True once a holder was heard, as long as more are wanted; all who remain to be asked are near the target then.
     */
    default boolean wantsMoreHolders() {
        return false;
    }

    /** True if the first answer with records ends the lookup. */
    default boolean isOneAnswerEnough() {
        return false;
    }

    /**
     * From when on, in nanoseconds, the lookup may end although nearer nodes were not heard; {@link #NEVER} by default.
     */
    default long satisfiedAt() {
        return NEVER;
    }

    /** What was found, newest first. */
    List<VerifiedRecord> records();

    /** Who returned records. */
    List<Holder> holders();
}
