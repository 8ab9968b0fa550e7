package io.a2al.dht.shell;

import io.a2al.dht.files.DeliveredMail;
import io.a2al.dht.files.KeptPublication;
import io.a2al.dht.files.KeptPublication.Slot;
import io.a2al.dht.result.RefusedException;
import io.a2al.dht.shell.KeptPublications.Entry;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.SignedRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * The publications that are kept, in memory: one for each slot, found by slot and by address, within a limit, and
 * without records that have expired. Not thread-safe.
 */
final class KeptEntries {

    private final int limit;
    private final LongSupplier unixSeconds;
    private final SequencedMap<Slot, Entry> entries = new LinkedHashMap<>();

    /** The slots of each address, as its entries are looked for one agent at a time. */
    private final Map<Address, SequencedSet<Slot>> slots = new TreeMap<>();

    private int renewedCount;

    /** No record has expired before this Unix second. */
    private long firstEnd = Long.MAX_VALUE;

    /**
     * Nothing is kept yet.
     *
     * @param limit most publications of either kind: renewed, and as they are
     * @param unixSeconds the present time
     */
    KeptEntries(int limit, LongSupplier unixSeconds) {
        this.limit = limit;
        this.unixSeconds = unixSeconds;
    }

    int size() {
        return entries.size();
    }

    /** Returns whether this very entry is kept. */
    boolean has(Entry entry) {
        return entry.equals(entries.get(entry.publication().slot()));
    }

    /** Returns all entries, those of slots that were filled first first. */
    List<Entry> all() {
        return List.copyOf(entries.values());
    }

    /** Returns the entries of an address. */
    List<Entry> of(Address address) {
        List<Entry> found = new ArrayList<>();
        for (Slot slot : slots.getOrDefault(address, Collections.emptyNavigableSet())) {
            found.add(Objects.requireNonNull(entries.get(slot), "a slot of an address has an entry"));
        }
        return found;
    }

    /**
     * Checks that an entry can be put into a slot.
     *
     * @throws RefusedException if the slot is empty, and as many others as the limit allows are not
     */
    void requireRoom(Slot slot) {
        if (entries.containsKey(slot)) {
            return;
        }
        if (count(slot.renewed()) >= limit) {
            dropExpired();
        }
        if (count(slot.renewed()) >= limit) {
            throw new RefusedException(limit + " publications are kept, which is the limit; close some of them");
        }
    }

    private int count(boolean renewed) {
        return renewed ? renewedCount : entries.size() - renewedCount;
    }

    /** Puts an entry into its slot and returns the one that was there. */
    Optional<Entry> put(Entry added) {
        Slot slot = added.publication().slot();
        Optional<Entry> replaced = Optional.ofNullable(entries.put(slot, added));
        if (replaced.isEmpty()) {
            renewedCount += slot.renewed() ? 1 : 0;
            var _ = slots.computeIfAbsent(added.publication().address(), _ -> new LinkedHashSet<>())
                    .add(slot);
        }
        if (added.publication() instanceof KeptPublication.Ready(NodeId _, SignedRecord record)) {
            firstEnd = Math.min(firstEnd, endOf(record));
        }
        return replaced;
    }

    /** Removes an entry, which must be kept. */
    void remove(Entry entry) {
        Slot slot = entry.publication().slot();
        Address address = entry.publication().address();
        entries.remove(slot);
        renewedCount -= slot.renewed() ? 1 : 0;
        SequencedSet<Slot> ofAddress = slots.get(address);
        if (ofAddress != null && ofAddress.remove(slot) && ofAddress.isEmpty()) {
            slots.remove(address);
        }
    }

    /** Removes records that have expired. Costs nothing while none has. */
    void dropExpired() {
        long now = unixSeconds.getAsLong();
        if (now < firstEnd) {
            return;
        }
        firstEnd = Long.MAX_VALUE;
        for (Entry entry : all()) {
            if (entry.publication() instanceof KeptPublication.Ready ready) {
                if (ready.isExpiredAt(now)) {
                    remove(entry);
                } else {
                    firstEnd = Math.min(firstEnd, endOf(ready.record()));
                }
            }
        }
    }

    /** Returns the first Unix second at which a record has expired; a time that is none is far away. */
    private static long endOf(SignedRecord record) {
        long end = DeliveredMail.endOf(record);
        return end < 0 ? Long.MAX_VALUE : end;
    }
}
