package io.a2al.dht.shell;

import io.a2al.core.api.StoredRecord;
import io.a2al.core.store.RecordStore;
import io.a2al.protocol.id.NodeId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Reads all records of a node's store a page at a time, so that no other thread waits for the core longer than one page
 * takes. The keys are those at the beginning; what is at each is read when its page is, so a record may be missing or
 * newer that was dropped or replaced meanwhile. Not thread-safe.
 */
public final class StorePages implements Iterator<List<StoredRecord>> {

    /** Keys of a page; some ten microseconds in the core's turn. */
    static final int KEYS = 64;

    /** Records after which a page ends, as a key may have hundreds; those of its last key are not divided. */
    static final int RECORDS = 256;

    private final CoreDriver driver;
    private final List<NodeId> keys;
    private int next;

    /** Begins to read. Takes a reference for each key, a few milliseconds for the most that a store has. */
    public StorePages(CoreDriver driver) {
        this.driver = driver;
        this.keys = driver.ask(core -> core.store().keyList());
    }

    /** Returns the number of keys at the beginning. */
    public int keys() {
        return keys.size();
    }

    @Override
    public boolean hasNext() {
        return next < keys.size();
    }

    /** Returns the valid records of the next keys, in the order of eviction of their keys; possibly none. */
    @Override
    public List<StoredRecord> next() {
        if (!hasNext()) {
            throw new NoSuchElementException("no further keys");
        }
        long now = driver.now().unixSeconds();
        return driver.ask(core -> page(core.store(), now));
    }

    private List<StoredRecord> page(RecordStore store, long now) {
        List<StoredRecord> page = new ArrayList<>();
        int end = Math.min(next + KEYS, keys.size());
        while (next < end && page.size() < RECORDS) {
            page.addAll(store.at(keys.get(next), now));
            next++;
        }
        return page;
    }
}
