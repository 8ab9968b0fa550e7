package io.a2al.bench.memory;

/**
 * The memory that a node uses, in bytes of heap. Immutable; thread-safe.
 *
 * @param records number of records stored, each at a different key
 * @param perRecord bytes per stored record, with all data that a node keeps about it
 * @param recordBytes size of the encoding of a record, which is part of {@code perRecord}
 * @param perContact bytes per contact in the routing table, with all data that a node keeps about it
 * @param perRequest bytes per pending request
 * @param perNode bytes per started node without contacts, including the buffers of its threads
 */
public record MemoryReport(
        int records, double perRecord, int recordBytes, double perContact, double perRequest, double perNode) {

    /** Returns the memory for all records in MiB. */
    public double recordsMebibytes() {
        return records * perRecord / (1 << 20);
    }
}
