package io.a2al.core.routing;

import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A k-bucket and the newcomers that wait for a place in it. Not thread-safe. */
final class Bucket {

    /** The time of contacts that never answered and of buckets without a lookup; the clock may have any origin. */
    static final long NEVER = Long.MIN_VALUE;

    /** Newcomers remembered per bucket: half a bucket, as more than that rarely fails at a time. */
    static final int MAX_REPLACEMENTS = 8;

    /** A contact and when it first and last answered us. */
    static final class Entry {

        private Contact contact;
        private long firstVerifiedAt;
        private long verifiedAt;

        private Entry(Contact contact, long verifiedAt) {
            this.contact = contact;
            this.firstVerifiedAt = verifiedAt;
            this.verifiedAt = verifiedAt;
        }

        Contact contact() {
            return contact;
        }

        boolean isVerifiedSince(long since) {
            return verifiedAt != NEVER && verifiedAt - since >= 0;
        }

        /** The address never changes, being the NodeID's own; the endpoint may. */
        void verify(Contact at, long now) {
            contact = at;
            firstVerifiedAt = firstVerifiedAt == NEVER ? now : firstVerifiedAt;
            verifiedAt = now;
        }

        /** Returns the time between its first and its latest answer; empty if it never answered. */
        Optional<Duration> knownFor() {
            return verifiedAt == NEVER ? Optional.empty() : Optional.of(Duration.ofNanos(verifiedAt - firstVerifiedAt));
        }
    }

    private final List<Entry> entries = new ArrayList<>(0);
    private final Map<NodeId, Contact> replacements = new LinkedHashMap<>(0);
    private long lastLookup = NEVER;

    /** Refreshes in a row that brought no contact. */
    private int fruitless;

    private boolean gained = true;

    Optional<Entry> find(NodeId nodeId) {
        for (Entry entry : entries) {
            if (entry.contact.nodeId().equals(nodeId)) {
                return Optional.of(entry);
            }
        }
        return Optional.empty();
    }

    void append(Contact contact, long verifiedAt) {
        entries.add(new Entry(contact, verifiedAt));
        replacements.remove(contact.nodeId());
        gained = true;
        fruitless = 0;
    }

    void moveToEnd(Entry entry) {
        entries.remove(entry);
        entries.add(entry);
    }

    boolean remove(NodeId nodeId) {
        return entries.removeIf(entry -> entry.contact.nodeId().equals(nodeId));
    }

    Optional<Contact> oldest() {
        return entries.isEmpty() ? Optional.empty() : Optional.of(entries.getFirst().contact);
    }

    void noteLookup(long now) {
        lastLookup = now;
    }

    void forgetLookup() {
        lastLookup = NEVER;
        fruitless = 0;
    }

    /** Notes that a lookup begins that is to bring contacts for this bucket. */
    void noteRefresh(int maxFruitless) {
        boolean useful = gained || entries.size() == RoutingTable.K;
        fruitless = useful ? 0 : Math.min(fruitless + 1, maxFruitless);
        gained = false;
    }

    /** Returns true if a lookup in this bucket is due: after {@code interval}, doubled for each fruitless refresh. */
    boolean isDue(long now, long interval) {
        return isIdleSince(now - (interval << fruitless));
    }

    /** Returns true if there was no lookup at or after {@code since}. */
    boolean isIdleSince(long since) {
        return lastLookup == NEVER || lastLookup - since < 0;
    }

    boolean isIdleLongerThan(Bucket other) {
        return other.lastLookup != NEVER && isIdleSince(other.lastLookup);
    }

    int size() {
        return entries.size();
    }

    /** Returns the number of contacts that answered us at some time. */
    int verifiedSize() {
        int verified = 0;
        for (Entry entry : entries) {
            verified += entry.verifiedAt == NEVER ? 0 : 1;
        }
        return verified;
    }

    /** Returns the number of contacts that answered us at or after {@code since}. */
    int countVerifiedSince(long since) {
        int verified = 0;
        for (Entry entry : entries) {
            verified += entry.isVerifiedSince(since) ? 1 : 0;
        }
        return verified;
    }

    /** Returns the number of contacts that are nearer to {@code target} than {@code other} is. */
    int countNearer(NodeId target, NodeId other) {
        int nearer = 0;
        for (Entry entry : entries) {
            nearer += target.isNearer(entry.contact.nodeId(), other) ? 1 : 0;
        }
        return nearer;
    }

    /** Returns the contacts, least recently verified first. */
    List<Contact> contacts() {
        List<Contact> contacts = new ArrayList<>(entries.size());
        collect(contacts);
        return contacts;
    }

    int replacementCount() {
        return replacements.size();
    }

    /** Returns the newcomers that wait for a place, without {@code nodeId}. */
    List<Contact> replacementsBeside(NodeId nodeId) {
        List<Contact> others = new ArrayList<>(replacements.size());
        for (Contact contact : replacements.values()) {
            if (!contact.nodeId().equals(nodeId)) {
                others.add(contact);
            }
        }
        return others;
    }

    void collect(List<Contact> target) {
        for (Entry entry : entries) {
            target.add(entry.contact);
        }
    }

    void addReplacement(Contact contact) {
        replacements.remove(contact.nodeId());
        replacements.put(contact.nodeId(), contact);
        if (replacements.size() > MAX_REPLACEMENTS) {
            replacements.remove(replacements.keySet().iterator().next());
        }
    }

    Optional<Contact> takeReplacement() {
        if (replacements.isEmpty()) {
            return Optional.empty();
        }
        Contact latest = List.copyOf(replacements.values()).getLast();
        replacements.remove(latest.nodeId());
        return Optional.of(latest);
    }

    boolean hasReplacement() {
        return !replacements.isEmpty();
    }
}
