package io.a2al.dht;

/** When a record that a node has stored is on its disk. */
public enum Durability {
    /** Never; after a restart the store is empty. */
    NONE,
    /** Within a second; a crash loses what was stored in the last second. The default. */
    SECOND,
    /** Before the answer that it is stored; slower, as answers wait for the disk. */
    STRICT
}
