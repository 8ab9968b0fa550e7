package io.a2al.dht;

import io.a2al.core.api.LookupReport;

/**
 * The result of sending a note. The recipient has not seen it yet: it stays in the network until it is read or expires.
 */
public sealed interface SendResult {

    /** Returns how the lookup of the recipient's endpoint record went, which has the key to seal with. */
    LookupReport report();

    /**
     * At least one other node holds the note.
     *
     * @param publication keeps the note in the network until it expires, an hour after it was sent, or until it is
     *     closed
     * @param report how the lookup of the recipient went
     */
    record Sent(Publication publication, LookupReport report) implements SendResult {}

    /**
     * No other node has stored the note yet.
     *
     * @param publication goes on trying until it is closed or the note expires
     * @param report how the lookup of the recipient went
     */
    record NotStored(Publication publication, LookupReport report) implements SendResult {}

    /**
     * The recipient has no endpoint record in the network, so that there is no key to seal with; nothing was sent.
     *
     * @param report how the lookup of the recipient went
     */
    record RecipientUnknown(LookupReport report) implements SendResult {}
}
