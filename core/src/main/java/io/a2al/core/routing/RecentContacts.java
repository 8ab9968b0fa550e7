package io.a2al.core.routing;

import io.a2al.core.bounds.BoundedMap;
import io.a2al.core.bounds.Occupancy;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Contacts that answered us recently, whether or not the routing table has a place for them: of the far half of the
 * network the table holds 16 nodes only, however many answered. Verified contacts, never contacts that peers report
 * (known-defects D-02). Bounded: the contact that answered longest ago is evicted. Times in nanoseconds. Not
 * thread-safe.
 */
public final class RecentContacts {

    private record Entry(Contact contact, long verifiedAt) {}

    private final BoundedMap<NodeId, Entry> contacts;
    private final long lifetime;

    /** Remembers at most {@code capacity} contacts, each until {@code lifetime} after its latest answer. */
    public RecentContacts(int capacity, Duration lifetime) {
        this.contacts = new BoundedMap<>(capacity);
        this.lifetime = lifetime.toNanos();
    }

    /** Notes that the contact answered us at its endpoint. */
    public void verified(Contact contact, long now) {
        contacts.put(contact.nodeId(), new Entry(contact, now));
    }

    /** Returns true if this node answered us at this IP address at or after {@code since}. */
    public boolean isVerifiedSince(NodeId nodeId, Endpoint at, long since) {
        Entry entry = contacts.get(nodeId);
        return entry != null
                && entry.verifiedAt() - since >= 0
                && entry.contact().endpoint().hasSameIp(at);
    }

    /** Removes a contact that may be gone. */
    public void drop(NodeId nodeId) {
        contacts.remove(nodeId);
    }

    /**
     * Returns up to {@code count} contacts with the smallest XOR distance to {@code target} that {@code wanted}
     * accepts, nearest first. Visits every contact once.
     */
    public List<Contact> nearest(NodeId target, int count, long now, Predicate<Contact> wanted) {
        List<Contact> nearest = new ArrayList<>(count + 1);
        for (Entry entry : contacts.values()) {
            Contact contact = entry.contact();
            if (now - entry.verifiedAt() < lifetime
                    && (nearest.size() < count || isNearer(target, contact, nearest.getLast()))
                    && wanted.test(contact)) {
                insert(target, contact, nearest);
                if (nearest.size() > count) {
                    nearest.removeLast();
                }
            }
        }
        return nearest;
    }

    private static void insert(NodeId target, Contact contact, List<Contact> nearest) {
        int place = nearest.size();
        while (place > 0 && isNearer(target, contact, nearest.get(place - 1))) {
            place--;
        }
        nearest.add(place, contact);
    }

    private static boolean isNearer(NodeId target, Contact one, Contact other) {
        return target.compareDistance(one.nodeId(), other.nodeId()) < 0;
    }

    /** Returns the contacts remembered beside their limit, those included whose lifetime is over. */
    public Occupancy occupancy() {
        return contacts.occupancy();
    }
}
