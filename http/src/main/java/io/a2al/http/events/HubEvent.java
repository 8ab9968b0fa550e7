package io.a2al.http.events;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.http.stream.Sse;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.Address;
import java.util.Optional;

/**
 * An event as all its readers get it. Immutable and thread-safe.
 *
 * @param type its kind
 * @param agent the agent that mail is for; empty for other kinds
 * @param frame the event as it is sent; empty if it is told in another way
 * @param legacyFrame the same in the form of the network's other daemons; empty if these have no such
 *     event, or are told it in another way
 */
record HubEvent(EventType type, Optional<Address> agent, Bytes frame, Bytes legacyFrame) {

    /** Returns an event with its data. */
    static HubEvent of(String id, EventType type, ObjectNode data) {
        return new HubEvent(type, Optional.empty(), Bytes.copyOf(Sse.event(id, type.text(), data)), Bytes.EMPTY);
    }

    /** Returns that notes came for an agent, as only the readers of the network's other daemons' events are told it. */
    static HubEvent legacyMail(String id, Address agent, ObjectNode legacy) {
        return new HubEvent(
                EventType.MAIL,
                Optional.of(agent),
                Bytes.EMPTY,
                Bytes.copyOf(Sse.event(id, EventJson.LEGACY_MAIL, legacy)));
    }

    /** Returns a note that came for an agent, which other readers are told in another way. */
    static HubEvent mail(String id, Address agent, ObjectNode data) {
        return new HubEvent(
                EventType.MAIL,
                Optional.of(agent),
                Bytes.copyOf(Sse.event(id, EventType.MAIL.text(), data)),
                Bytes.EMPTY);
    }

    /** Returns a note that came for an agent. */
    static HubEvent mail(String id, Address agent, ObjectNode data, ObjectNode legacy) {
        return new HubEvent(
                EventType.MAIL,
                Optional.of(agent),
                Bytes.copyOf(Sse.event(id, EventType.MAIL.text(), data)),
                Bytes.copyOf(Sse.event(id, EventJson.LEGACY_MAIL, legacy)));
    }
}
