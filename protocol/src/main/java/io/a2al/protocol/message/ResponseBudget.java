package io.a2al.protocol.message;

import io.a2al.protocol.record.SignedRecord;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps responses within one datagram (wire.md section 9). Unlike the reference, an answer with records keeps room for
 * a few contacts, so that a lookup can go on, and takes the records from a place that the caller moves on, so that
 * repeated questions reveal all of them (known-defects D-20). Stateless.
 */
public final class ResponseBudget {

    /** Most bytes of a response body. */
    public static final int MAX_BODY = 1050;

    /** Contacts that an answer with several records keeps room for. */
    public static final int RESERVED_CONTACTS = 4;

    /**
     * Longest endpoint record, in bytes, that nodes of the older generation can serve: they send it twice, beside at
     * least one contact (known-defects D-19). For askers with an IPv4 address.
     */
    public static final int MAX_LEGACY_ENDPOINT_RECORD = 491;

    /** What a datagram can hold at the very most besides the outer message; a lone large record may need it. */
    private static final int ABSOLUTE_MAX_BODY = MessageCodec.MAX_DATAGRAM - MessageCodec.ENVELOPE_LENGTH;

    /** Key and head of an empty list of contacts. */
    private static final int NO_CONTACTS = 2;

    /** Four IPv6 contacts, the observed address, keys and heads, rounded up. */
    private static final int ROOM_BESIDE_RECORDS = RESERVED_CONTACTS * 81 + 30;

    /**
     * What fits.
     *
     * @param next where the next answer to the same question should begin taking records
     */
    public record Selection(List<Contact> nodes, List<SignedRecord> records, int next) {}

    private ResponseBudget() {}

    /** The longest prefix of {@code nodes}, nearest first, that a FIND_NODE response can carry. */
    public static List<Contact> fit(List<Contact> nodes, Endpoint observed) {
        return fit(nodes, observed, MAX_BODY);
    }

    /** The longest prefix of {@code nodes} that a FIND_NODE response of at most {@code maxBody} bytes can carry. */
    public static List<Contact> fit(List<Contact> nodes, Endpoint observed, int maxBody) {
        return prefix(nodes, Math.min(maxBody, MAX_BODY) - 1 - observedLength(observed) - 1);
    }

    /**
     * What a FIND_VALUE response of at most {@code maxBody} bytes can carry, for an asker who may not get more yet:
     * records go before contacts. If there are records and none of them fits, there is nothing, which tells the asker
     * to ask again.
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
     * What a FIND_VALUE response can carry. Records are taken in order, so that asking again with {@link
     * Selection#next()} goes on where this answer ended and comes to all of them; those that no datagram can hold are
     * left out.
     *
     * @param nodes candidates, nearest first
     * @param records candidates in stored order
     * @param firstRecord where to begin taking records, any number; taken modulo their count
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
            // Too large to stand beside the reserved contacts, it goes alone: a record matters more than they do.
            chosen = List.of(sendable.get(start));
        }
        int next = (start + chosen.size()) % sendable.size();
        return new Selection(prefix(nodes, recordRoom - recordsLength(chosen)), chosen, next);
    }

    /**
     * True if the sender of these records probably had more: another one as large as the largest would not have fitted
     * beside the contacts that it may have reserved room for.
     */
    public static boolean isProbablyCut(List<SignedRecord> records) {
        int largest =
                records.stream().mapToInt(SignedRecord::encodedLength).max().orElse(0);
        return largest > 0 && recordsLength(records) + largest > MAX_BODY - ROOM_BESIDE_RECORDS;
    }

    private static List<SignedRecord> thatFitAlone(List<SignedRecord> records, Endpoint observed, int maxBody) {
        int room = maxBody - 1 - observedLength(observed) - 2 - NO_CONTACTS;
        for (SignedRecord record : records) {
            if (1 + record.encodedLength() > room) {
                return records.stream()
                        .filter(other -> 1 + other.encodedLength() <= room)
                        .toList();
            }
        }
        return records;
    }

    /** The records from {@code start} on, each once, until one does not fit. */
    private static List<SignedRecord> take(List<SignedRecord> records, int start, int room) {
        List<SignedRecord> taken = new ArrayList<>();
        int used = 0;
        for (int i = 0; i < records.size(); i++) {
            SignedRecord next = records.get((start + i) % records.size());
            used += next.encodedLength();
            if (listHead(taken.size() + 1) + used > room) {
                break;
            }
            taken.add(next);
        }
        return taken;
    }

    private static int recordsLength(List<SignedRecord> records) {
        int length = listHead(records.size());
        for (SignedRecord record : records) {
            length += record.encodedLength();
        }
        return length;
    }

    private static int listHead(int items) {
        return items < 24 ? 1 : 2;
    }

    /** A view: whoever makes a message of it copies it. */
    private static List<Contact> prefix(List<Contact> nodes, int room) {
        return nodes.subList(0, howManyFit(nodes, room));
    }

    /** At most 23 contacts fit into a body, so the head of their list is always one byte, beside one for its key. */
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

    /** Head and bytes of the observed address. */
    private static int observedLength(Endpoint observed) {
        return 1 + observed.ipLength() + 2;
    }
}
