package io.a2al.dht.debug;

import io.a2al.core.api.StoredRecord;
import io.a2al.dht.DhtNode;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.record.SignedRecord;
import java.util.List;

/**
 * A record that a node holds, as the debug pages show it, under the names given with each component. Immutable;
 * thread-safe.
 *
 * @param keyHex {@code key_node_id_hex}: the DHT key, 64 lowercase hexadecimal digits
 * @param addressHex {@code address_hex}: the address that the record speaks for, 42 lowercase hexadecimal digits, not
 *     the display form
 * @param type {@code rec_type}: the record type, 0 to 255
 * @param sequence {@code seq}: an unsigned 64-bit number
 * @param timestamp {@code timestamp}: its timestamp, unsigned Unix seconds
 * @param ttlSeconds {@code ttl_seconds}: its time to live, 0 to 2^32 - 1
 * @param payloadLength {@code payload_cbor_len}: bytes of its payload
 */
public record StoreRow(
        String keyHex, String addressHex, int type, long sequence, long timestamp, long ttlSeconds, int payloadLength) {

    /** Returns the valid records of a node, in the order of {@link io.a2al.dht.LocalStore#records()}. */
    public static List<StoreRow> of(DhtNode node) {
        return node.store().records().stream().map(StoreRow::of).toList();
    }

    static StoreRow of(StoredRecord stored) {
        SignedRecord record = stored.record().record();
        return new StoreRow(
                stored.key().toHex(),
                record.address().toBytes().toHex(),
                record.type(),
                record.sequence(),
                record.timestamp(),
                record.ttl(),
                record.payload().map(Bytes::length).orElse(0));
    }
}
