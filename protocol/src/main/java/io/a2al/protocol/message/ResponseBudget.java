package io.a2al.protocol.message;

import io.a2al.protocol.record.SignedRecord;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps responses within one datagram (wire.md section 9). Unlike the reference, an answer with records keeps room for a
 * few contacts, so that a lookup can go on, and starts the records at a place that the caller varies, so that repeated
 * questions reveal all of them (known-defects D-20). Stateless.
 */
public final class ResponseBudget {

    /** Most octets of a response body. */
    public static final int MAX_BODY = 1050;

    /** Contacts that an answer with several records keeps room for. */
    public static final int RESERVED_CONTACTS = 4;

    /** What a datagram can hold at the very most besides the outer message; a lone large record may need it. */
    private static final int ABSOLUTE_MAX_BODY = MessageCodec.MAX_DATAGRAM - 134;

    /** Key and head of an empty list of contacts. */
    private static final int NO_CONTACTS = 2;

    /** What fits. */
    public record Selection(List<Contact> nodes, List<SignedRecord> records) {}

    private ResponseBudget() {}

    /** The longest prefix of {@code nodes}, nearest first, that a FIND_NODE response can carry. */
    public static List<Contact> fit(List<Contact> nodes, Endpoint observed) {
        int room = MAX_BODY - 1 - observedLength(observed) - 1;
        return prefix(nodes, room);
    }

    /**
     * What a FIND_VALUE response can carry.
     *
     * @param nodes candidates, nearest first
     * @param records candidates in stored order
     * @param firstRecord where to begin taking records, any number; taken modulo their count
     */
    public static Selection fit(List<Contact> nodes, List<SignedRecord> records, Endpoint observed, int firstRecord) {
        int room = MAX_BODY - 1 - observedLength(observed) - 1;
        if (records.isEmpty()) {
            return new Selection(prefix(nodes, room), List.of());
        }
        int recordRoom = room - 1;
        int loneRoom = recordRoom - NO_CONTACTS + ABSOLUTE_MAX_BODY - MAX_BODY;
        List<SignedRecord> possible = rotate(records, firstRecord, loneRoom, 1);
        if (possible.isEmpty()) {
            return new Selection(prefix(nodes, room), List.of());
        }
        int reserved = encodedLength(prefix(nodes.subList(0, Math.min(nodes.size(), RESERVED_CONTACTS)), room));
        List<SignedRecord> chosen = rotate(records, firstRecord, recordRoom - reserved, records.size());
        if (chosen.isEmpty() || !chosen.getFirst().equals(possible.getFirst())) {
            // The record whose turn it is does not fit beside the reserved contacts. It matters more than they do, and
            // more than records that would: left out each time, nobody would ever see it.
            chosen = possible;
        }
        return new Selection(prefix(nodes, recordRoom - recordsLength(chosen)), chosen);
    }

    /** The first {@code most} records, beginning with the one at {@code first}, that fit into {@code room} together. */
    private static List<SignedRecord> rotate(List<SignedRecord> records, int first, int room, int most) {
        List<SignedRecord> chosen = new ArrayList<>();
        int start = Math.floorMod(first, records.size());
        int listHead = 1;
        int used = 0;
        for (int i = 0; i < records.size() && chosen.size() < most; i++) {
            SignedRecord record = records.get((start + i) % records.size());
            int head = chosen.size() + 1 < 24 ? listHead : listHead + 1;
            if (used + record.encodedLength() + head <= room) {
                chosen.add(record);
                used += record.encodedLength();
            }
        }
        return chosen;
    }

    private static int recordsLength(List<SignedRecord> records) {
        int length = records.size() < 24 ? 1 : 2;
        for (SignedRecord record : records) {
            length += record.encodedLength();
        }
        return length;
    }

    /** At most 23 contacts fit into a body, so the head of their list is always one octet, beside one for its key. */
    private static List<Contact> prefix(List<Contact> nodes, int room) {
        int used = NO_CONTACTS;
        int count = 0;
        while (count < nodes.size() && used + nodes.get(count).encodedLength() <= room) {
            used += nodes.get(count).encodedLength();
            count++;
        }
        return List.copyOf(nodes.subList(0, count));
    }

    private static int encodedLength(List<Contact> nodes) {
        int length = NO_CONTACTS;
        for (Contact node : nodes) {
            length += node.encodedLength();
        }
        return length;
    }

    /** Head and octets of the observed address. */
    private static int observedLength(Endpoint observed) {
        return 1 + observed.ipLength() + 2;
    }
}
