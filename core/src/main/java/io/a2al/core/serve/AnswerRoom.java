package io.a2al.core.serve;

import io.a2al.core.guard.Allowance;
import io.a2al.core.guard.RequestVerdict;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.ResponseBudget;
import io.a2al.protocol.message.ResponseBudget.Selection;
import io.a2al.protocol.record.SignedRecord;
import java.util.List;

/**
 * The room that the answer to one request has. For an unverified address the amplification limit may truncate it
 * (known-defects D-04); room is then left for the PING that verifies the address, unless that would cost the only
 * record. Not thread-safe.
 */
final class AnswerRoom {

    private final Allowance allowance;
    private final Allowance besidePing;
    private final Endpoint observed;
    private boolean truncated;

    /**
     * Creates the room for the answer to a request.
     *
     * @param pingBytes length of the PING that would follow, 0 if none would
     */
    AnswerRoom(RequestVerdict verdict, int pingBytes) {
        this.allowance = verdict.allowance();
        this.besidePing = allowance.isFull() ? allowance : allowance.after(pingBytes);
        this.observed = verdict.source();
    }

    /** Returns true if something is missing from the answer that a verified address would get. */
    boolean isTruncated() {
        return truncated;
    }

    /** Returns as many of these contacts, from the first on, as a FIND_NODE response can hold. */
    List<Contact> fit(List<Contact> nodes) {
        List<Contact> whole = ResponseBudget.fit(nodes, observed);
        if (allowance.isFull()) {
            return whole;
        }
        List<Contact> fitting = ResponseBudget.fit(nodes, observed, besidePing.bodyBytes());
        truncated = fitting.size() < whole.size();
        return fitting;
    }

    /** Returns what a FIND_VALUE response can hold; see {@link ResponseBudget#fit(List, List, Endpoint, int)}. */
    Selection fit(List<Contact> nodes, List<SignedRecord> records, int firstRecord) {
        Selection whole = ResponseBudget.fit(nodes, records, observed, firstRecord);
        if (allowance.isFull()) {
            return whole;
        }
        Selection fitting = ResponseBudget.fit(nodes, records, observed, firstRecord, besidePing.bodyBytes());
        if (fitting.records().isEmpty() && !whole.records().isEmpty()) {
            fitting = ResponseBudget.fit(nodes, records, observed, firstRecord, allowance.bodyBytes());
        }
        truncated = fitting.nodes().size() < whole.nodes().size()
                || fitting.records().size() < whole.records().size();
        return fitting;
    }
}
