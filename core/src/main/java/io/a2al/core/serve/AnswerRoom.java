package io.a2al.core.serve;

import io.a2al.core.guard.Allowance;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.ResponseBudget;
import io.a2al.protocol.message.ResponseBudget.Selection;
import io.a2al.protocol.record.SignedRecord;
import java.util.List;

/**
 * What the answer to one request can hold. Where the asker has not proven its address, that may be little
 * (known-defects D-04), and room is left for the PING that asks for the proof, unless that would cost the only record.
 * Not thread-safe.
 */
final class AnswerRoom {

    private final Allowance allowance;
    private final Allowance besidePing;
    private final Endpoint observed;
    private boolean shortened;

    /**
     * Room within an allowance.
     *
     * @param pingBytes length of the PING that would follow, 0 if none would
     */
    AnswerRoom(Allowance allowance, int pingBytes, Endpoint observed) {
        this.allowance = allowance;
        this.besidePing = allowance.isFull() ? allowance : allowance.after(pingBytes);
        this.observed = observed;
    }

    /** True if something had to be left out that the asker would get with a proven address. */
    boolean isShortened() {
        return shortened;
    }

    /** As many of these contacts as a FIND_NODE response can hold. */
    List<Contact> fit(List<Contact> nodes) {
        List<Contact> whole = ResponseBudget.fit(nodes, observed);
        if (allowance.isFull()) {
            return whole;
        }
        List<Contact> fitting = ResponseBudget.fit(nodes, observed, besidePing.bodyBytes());
        shortened = fitting.size() < whole.size();
        return fitting;
    }

    /** What of this a FIND_VALUE response can hold; see {@link ResponseBudget#fit(List, List, Endpoint, int)}. */
    Selection fit(List<Contact> nodes, List<SignedRecord> records, int firstRecord) {
        Selection whole = ResponseBudget.fit(nodes, records, observed, firstRecord);
        if (allowance.isFull()) {
            return whole;
        }
        Selection fitting = ResponseBudget.fit(nodes, records, observed, firstRecord, besidePing.bodyBytes());
        if (fitting.records().isEmpty() && !whole.records().isEmpty()) {
            fitting = ResponseBudget.fit(nodes, records, observed, firstRecord, allowance.bodyBytes());
        }
        shortened = fitting.nodes().size() < whole.nodes().size()
                || fitting.records().size() < whole.records().size();
        return fitting;
    }
}
