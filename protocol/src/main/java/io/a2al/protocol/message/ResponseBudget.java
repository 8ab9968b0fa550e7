package io.a2al.protocol.message;

import io.a2al.protocol.record.SignedRecord;
import java.util.ArrayList;
import java.util.List;

/**
 * Selects the contacts and records that fit a response of one datagram (wire.md section 9). Differences from the
 * reference (known-defects D-20): a response with records reserves room for a few contacts, so that a lookup can
 * continue; and the first record is the caller's choice, so that repeated requests return all records. Stateless and
 * thread-safe.
 */
public final class ResponseBudget {

    /** Longest response body, in bytes, except for a single large record. */
    public static final int MAX_BODY = 1050;

    /** Contacts that a response with several records reserves room for. */
    public static final int RESERVED_CONTACTS = 4;

    /**
     * Longest endpoint record, in bytes, that nodes of the older protocol version can return to an IPv4 address: they
     * send it twice, together with at least one contact (known-defects D-19).
     */
    public static final int MAX_LEGACY_ENDPOINT_RECORD = 491;

    /** Longest body that a datagram can carry, in bytes. Only a response with a single large record uses all of it. */
    private static final int ABSOLUTE_MAX_BODY = MessageCodec.MAX_DATAGRAM - MessageCodec.ENVELOPE_LENGTH;

    /** Length of the key and head of an empty list of contacts, in bytes. */
    private static final int NO_CONTACTS = 2;

    /** Length of the head of the list of records, in bytes: a body has room for fewer than 24 of them. */
    private static final int RECORDS_HEAD = 1;

    /** Length of four IPv6 contacts, the observed address, keys and heads, in bytes, rounded up. */
    private static final int ROOM_BESIDE_RECORDS = RESERVED_CONTACTS * 81 + 30;

    /**
     * The content of a response.
     *
     * @param nodes a prefix of the candidates; may be a view of the caller's list
     * @param records the records to send
     * @param next index of the record that the next response to the same request should begin with
     */
    public record Selection(List<Contact> nodes, List<SignedRecord> records, int next) {}

    private ResponseBudget() {}

    /** Returns the longest prefix of {@code nodes} that a FIND_NODE response can carry; may be a view of the list. */
    public static List<Contact> fit(List<Contact> nodes, Endpoint observed) {
        return fit(nodes, observed, MAX_BODY);
    }

    /**
     * Returns the longest prefix of {@code nodes} that a FIND_NODE response of at most {@code maxBody} bytes can carry.
     */
    public static List<Contact> fit(List<Contact> nodes, Endpoint observed, int maxBody) {
        return prefix(nodes, Math.min(maxBody, MAX_BODY) - 1 - observedLength(observed) - 1);
    }

    /**
     * Returns what a FIND_VALUE response of at most {@code maxBody} bytes can carry, for peers that may not be sent
     * more because of the amplification limit. Records take precedence over contacts. If there are records and none of
     * them fits, the selection is empty, which tells the peer to ask again.
     */
    public static Selection fit(
            List<Contact> nodes, List<SignedRecord> records, Endpoint observed, int firstRecord, int maxBody) {
        if (maxBody >= ABSOLUTE_MAX_BODY) {
            return fit(nodes, records, observed, firstRecord);
        }
        if (thatFitAlone(records, observed, ABSOLUTE_MAX_BODY).isEmpty()) {
            return new Selection(fit(nodes, observed, maxBody), List.of(), 0);
        }
        List<SignedRecord> sendable = thatFitAlone(records, observed, maxBody);
        if (sendable.isEmpty()) {
            return new Selection(List.of(), List.of(), firstRecord);
        }
        int recordRoom = maxBody - 1 - observedLength(observed) - 2;
        int start = Math.floorMod(firstRecord, sendable.size());
        List<SignedRecord> chosen = take(sendable, start, recordRoom - NO_CONTACTS);
        return new Selection(
                prefix(nodes, recordRoom - recordsLength(chosen)), chosen, (start + chosen.size()) % sendable.size());
    }

    /**
     * Returns what a FIND_VALUE response can carry. Records are taken in order. A response to a repeated request that
     * begins at {@link Selection#next()} continues where this one ended, so that the peer receives all records. Records
     * that no datagram can carry are omitted.
     *
     * @param nodes candidates, nearest first
     * @param records candidates in stored order
     * @param firstRecord index of the record to begin with; any number, taken modulo the number of records
     */
    public static Selection fit(List<Contact> nodes, List<SignedRecord> records, Endpoint observed, int firstRecord) {
        int room = MAX_BODY - 1 - observedLength(observed) - 1;
        int recordRoom = room - 1;
        List<SignedRecord> sendable = thatFitAlone(records, observed, ABSOLUTE_MAX_BODY);
        if (sendable.isEmpty()) {
            return new Selection(prefix(nodes, room), List.of(), 0);
        }
        int start = Math.floorMod(firstRecord, sendable.size());
        int reserved = encodedLength(nodes, Math.min(howManyFit(nodes, room), RESERVED_CONTACTS));
        List<SignedRecord> chosen = take(sendable, start, recordRoom - reserved);
        if (chosen.isEmpty()) {
            // The record is too long to leave room for the reserved contacts. It takes precedence over them.
            chosen = List.of(sendable.get(start));
        }
        int next = (start + chosen.size()) % sendable.size();
        return new Selection(prefix(nodes, recordRoom - recordsLength(chosen)), chosen, next);
    }

    /**
     * Returns true if the sender of these records probably had more: another record as long as the longest would not
     * have fitted together with the contacts that the sender may have reserved room for.
     */
    public static boolean isProbablyCut(List<SignedRecord> records) {
        int largest =
                records.stream().mapToInt(SignedRecord::encodedLength).max().orElse(0);
        return largest > 0 && recordsLength(records) + largest > MAX_BODY - ROOM_BESIDE_RECORDS;
    }

    private static List<SignedRecord> thatFitAlone(List<SignedRecord> records, Endpoint observed, int maxBody) {
        int room = maxBody - 1 - observedLength(observed) - 2 - NO_CONTACTS;
        for (SignedRecord record : records) {
            if (RECORDS_HEAD + record.encodedLength() > room) {
                return records.stream()
                        .filter(other -> RECORDS_HEAD + other.encodedLength() <= room)
                        .toList();
            }
        }
        return records;
    }

    /** Returns the records from {@code start} on, cyclically and each at most once, until one does not fit. */
    private static List<SignedRecord> take(List<SignedRecord> records, int start, int room) {
        List<SignedRecord> taken = new ArrayList<>();
        int used = 0;
        for (int i = 0; i < records.size(); i++) {
            SignedRecord next = records.get((start + i) % records.size());
            used += next.encodedLength();
            if (RECORDS_HEAD + used > room) {
                break;
            }
            taken.add(next);
        }
        return taken;
    }

    private static int recordsLength(List<SignedRecord> records) {
        int length = RECORDS_HEAD;
        for (SignedRecord record : records) {
            length += record.encodedLength();
        }
        return length;
    }

    /** Returns a view of the contacts that fit; messages copy it. */
    private static List<Contact> prefix(List<Contact> nodes, int room) {
        return nodes.subList(0, howManyFit(nodes, room));
    }

    /**
     * Returns how many contacts fit. A body has room for at most 23, so the key and head of the list take two bytes.
     */
    private static int howManyFit(List<Contact> nodes, int room) {
        int used = NO_CONTACTS;
        int count = 0;
        while (count < nodes.size() && used + nodes.get(count).encodedLength() <= room) {
            used += nodes.get(count).encodedLength();
            count++;
        }
        return count;
    }

    private static int encodedLength(List<Contact> nodes, int count) {
        int length = NO_CONTACTS;
        for (int i = 0; i < count; i++) {
            length += nodes.get(i).encodedLength();
        }
        return length;
    }

    /** Returns the length of the observed address with its head, in bytes. */
    private static int observedLength(Endpoint observed) {
        return 1 + observed.ipLength() + 2;
    }
}
