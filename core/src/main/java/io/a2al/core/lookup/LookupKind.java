package io.a2al.core.lookup;

/** What a lookup is for, as statistics tell it apart. */
public enum LookupKind {
    /** All of the nodes nearest to a target. */
    NODES,
    /** Some nodes for a bucket of the routing table, whichever. */
    BUCKET,
    /** The newest record, from some holders or the first. */
    RECORD,
    /** The newest record that the majority of the nearest nodes has. */
    MAJORITY,
    /** All records at a key. */
    ALL;

    static LookupKind of(Goal goal) {
        return switch (goal) {
            case FindNodes nodes -> nodes.wantsAllNodes() ? NODES : BUCKET;
            case FindByMajority majority -> MAJORITY;
            case FindRecord record -> RECORD;
            case CollectRecords records -> ALL;
        };
    }
}
