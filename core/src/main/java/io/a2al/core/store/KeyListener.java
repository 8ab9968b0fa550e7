package io.a2al.core.store;

import io.a2al.protocol.id.NodeId;

/**
 * Learns of keys that have no records any longer; raised by {@link RecordStore} while it is being changed, so the store
 * must not be asked then. Must not throw.
 */
@FunctionalInterface
public interface KeyListener {

    /** The last record at this key is gone. */
    void onDropped(NodeId key);
}
