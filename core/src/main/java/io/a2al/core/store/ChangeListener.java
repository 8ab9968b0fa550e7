package io.a2al.core.store;

import io.a2al.core.api.StoredRecord;

/**
 * Learns of every change of what a {@link RecordStore} holds, so that the same can be kept elsewhere. A record has one
 * number as long as it is held with one origin, and no other record ever has that number. Called from within the core;
 * must not throw.
 */
public interface ChangeListener {

    /** A record is held from now on; called once for a number. */
    void onKept(long number, StoredRecord record);

    /** The record of this number is not held any longer. */
    void onRemoved(long number);
}
