package io.a2al.core.store;

import io.a2al.protocol.record.VerifiedRecord;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Keeps the records of one group at one key within their limit (node.md section 14). Called after the newcomer was
 * appended in place of its predecessor; stateless and thread-safe.
 */
interface MergePolicy {

    /** Removes what is over the limit from {@code records}, of which the last one is new. */
    void trim(List<VerifiedRecord> records);

    /** The earliest made of the records that {@code among} accepts, the first of equals. */
    static Optional<VerifiedRecord> earliest(List<VerifiedRecord> records, Predicate<VerifiedRecord> among) {
        return records.stream()
                .filter(among)
                .min(Comparator.comparing(verified -> verified.record().timestamp(), Long::compareUnsigned));
    }
}
