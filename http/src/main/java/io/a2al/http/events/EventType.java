package io.a2al.http.events;

import io.a2al.core.api.NodeEvent;
import io.a2al.http.route.ApiException;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The kinds of events in a stream. */
enum EventType {
    /** A record came that was new here. */
    RECORD_HEARD,
    /** A note came for an agent of the node. */
    MAIL,
    /** The node knows another one that answers, after it knew none. */
    JOINED,
    /** A node entered the routing table. */
    CONTACT_ADDED,
    /** A node left the routing table. */
    CONTACT_LOST,
    /** A node does not hold a record of ours any longer. */
    REPLICA_LOST,
    /** A key looks surrounded by an attacker. */
    KEY_SURROUNDED,
    /** The node's own network may be down. */
    CONNECTIVITY_SUSPECTED,
    /** The node's own network works again. */
    CONNECTIVITY_RESTORED,
    /** The reader missed events; every stream has this kind. */
    LOST;

    /** Returns the kind of an event. */
    static EventType of(NodeEvent event) {
        return switch (event) {
            case NodeEvent.RecordHeard _ -> RECORD_HEARD;
            case NodeEvent.MailReceived _ -> MAIL;
            case NodeEvent.Joined _ -> JOINED;
            case NodeEvent.ContactAdded _ -> CONTACT_ADDED;
            case NodeEvent.ContactLost _ -> CONTACT_LOST;
            case NodeEvent.ReplicaLost _ -> REPLICA_LOST;
            case NodeEvent.KeySurrounded _ -> KEY_SURROUNDED;
            case NodeEvent.ConnectivitySuspected() -> CONNECTIVITY_SUSPECTED;
            case NodeEvent.ConnectivityRestored() -> CONNECTIVITY_RESTORED;
        };
    }

    /** Returns the name in streams and requests. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads a list with commas; none stands for all. */
    static Set<EventType> parse(Optional<String> list) throws ApiException {
        if (list.isEmpty()) {
            return EnumSet.allOf(EventType.class);
        }
        Set<EventType> chosen = EnumSet.of(LOST);
        for (String name : list.get().split(",", -1)) {
            chosen.add(Stream.of(values())
                    .filter(type -> type.text().equals(name))
                    .findFirst()
                    .orElseThrow(() -> unknown(name)));
        }
        return chosen;
    }

    private static ApiException unknown(String name) {
        List<String> known = Stream.of(values()).map(EventType::text).toList();
        return ApiException.invalid("types: \"" + name + "\" is not known; choose from "
                + known.stream().collect(Collectors.joining(", ")));
    }
}
