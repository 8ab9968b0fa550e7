package io.a2al.bench.memory;

/**
 * What a node keeps, in bytes of heap. Immutable; thread-safe.
 *
 * @param records how many records were stored, each at another key
 * @param perRecord one of them, with everything that a node notes about it
 * @param recordBytes of that, the record's own encoding
 * @param perContact a contact in the routing table, with what is known of it
 * @param perRequest a request that waits for its answer
 * @param perNode a node that has been started and knows nobody, its threads' buffers included
 */
public record MemoryReport(
        int records, double perRecord, int recordBytes, double perContact, double perRequest, double perNode) {

    /** All records together, in MiB. */
    public double recordsMebibytes() {
        return records * perRecord / (1 << 20);
    }
}
