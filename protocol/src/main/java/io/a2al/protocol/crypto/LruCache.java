package io.a2al.protocol.crypto;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map that evicts the least recently used entry when it exceeds its capacity. Not thread-safe. */
final class LruCache<K, V> extends LinkedHashMap<K, V> {

    private static final long serialVersionUID = 1L;

    private final int capacity;

    LruCache(int capacity) {
        super(16, 0.75f, true);
        this.capacity = capacity;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > capacity;
    }
}
