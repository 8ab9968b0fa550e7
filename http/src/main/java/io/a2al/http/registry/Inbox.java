package io.a2al.http.registry;

import io.a2al.dht.files.DeliveredMail;
import io.a2al.dht.result.ReceivedMail;
import io.a2al.protocol.Bytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The notes of one agent, in the order in which they were heard of. A note is new until it is said to be delivered; it
 * can be asked for again as long as there is room for it. Thread-safe.
 */
final class Inbox {

    private final int limit;
    private final Map<String, AgentNote> notes = new LinkedHashMap<>();
    private final Map<String, Boolean> delivered = new LinkedHashMap<>();

    /**
     * No notes yet.
     *
     * @param limit notes to keep; of more, delivered ones go first, then the oldest, which the network still has
     * @param known keys of notes that were delivered by an earlier run
     */
    Inbox(int limit, Set<Bytes> known) {
        this.limit = limit;
        known.forEach(key -> remember(key.toHex()));
    }

    /** Adds a note; returns true if it is new. */
    synchronized boolean add(ReceivedMail received, Instant now) {
        String id = DeliveredMail.keyOf(received.note()).toHex();
        if (notes.containsKey(id) || delivered.containsKey(id)) {
            return false;
        }
        notes.put(id, new AgentNote(id, now, received));
        if (notes.size() > limit) {
            String first = notes.keySet().iterator().next();
            String evicted = notes.keySet().stream()
                    .filter(delivered::containsKey)
                    .findFirst()
                    .orElse(first);
            notes.remove(evicted);
        }
        return true;
    }

    /** Returns the notes that were not delivered. */
    synchronized List<AgentNote> fresh() {
        return notes.values().stream()
                .filter(note -> !delivered.containsKey(note.id()))
                .toList();
    }

    /** Returns all notes after one, also delivered ones; all there are if that one is not known. */
    synchronized List<AgentNote> after(String id) {
        List<AgentNote> all = new ArrayList<>(notes.values());
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).id().equals(id)) {
                return List.copyOf(all.subList(i + 1, all.size()));
            }
        }
        return List.copyOf(all);
    }

    /** Notes that these have reached the agent. */
    synchronized void markDelivered(Collection<AgentNote> given) {
        given.forEach(note -> remember(note.id()));
    }

    private void remember(String id) {
        delivered.put(id, true);
        if (delivered.size() > DeliveredMail.MAX_NOTES) {
            delivered.remove(delivered.keySet().iterator().next());
        }
    }

    /** Returns how many notes there are. */
    synchronized int size() {
        return notes.size();
    }
}
