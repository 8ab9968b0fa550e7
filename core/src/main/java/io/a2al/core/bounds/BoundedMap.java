package io.a2al.core.bounds;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A map that drops the least recently used entry at its limit, for knowledge about peers, of which an attacker can
 * invent any number (known-defects D-32). Not thread-safe.
 *
 * @param <K> keys
 * @param <V> values
 */
public final class BoundedMap<K, V> extends LinkedHashMap<K, V> {

    private static final long serialVersionUID = 1L;

    private final int capacity;

    /** An empty map that holds at most {@code capacity} entries. */
    public BoundedMap(int capacity) {
        super(16, 0.75f, true);
        this.capacity = capacity;
    }

    /** Returns how full the map is. */
    public Occupancy occupancy() {
        return new Occupancy(size(), capacity);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > capacity;
    }
}
