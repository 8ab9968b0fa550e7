package io.a2al.dht.result;

import io.a2al.core.api.LookupReport;
import io.a2al.dht.Publication;

/**
 * What became of sending a note. Its recipient has not seen it yet: it lies in the network until it is read or expires.
 */
public sealed interface SendResult {

    /** How the lookup of the recipient's endpoint record went, whose key the note is sealed with. */
    LookupReport report();

    /**
     * At least one other node holds the note.
     *
     * @param publication keeps it held until it expires, an hour after it was sent; closing that ends the care for it
     */
    record Sent(Publication publication, LookupReport report) implements SendResult {}

    /**
     * No other node took the note yet.
     *
     * @param publication goes on trying until it is closed or the note expires
     */
    record NotStored(Publication publication, LookupReport report) implements SendResult {}

    /**
     * The recipient has no endpoint record in the network, so that nobody knows the key to seal with; nothing was sent.
     */
    record RecipientUnknown(LookupReport report) implements SendResult {}
}
