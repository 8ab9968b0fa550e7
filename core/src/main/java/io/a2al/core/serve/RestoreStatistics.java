package io.a2al.core.serve;

import io.a2al.core.bounds.Occupancy;

/**
 * What was asked for while records of an earlier run were being restored: by peers, and by the application. Immutable;
 * thread-safe.
 *
 * @param waiting requests that wait at present until the records of their key are restored
 * @param restored requests since the start that were answered once these were restored
 * @param timedOut requests since the start that were answered without them, as they had waited for a second
 * @param notDeferred requests since the start that were answered without them at once, as too many waited
 */
public record RestoreStatistics(Occupancy waiting, long restored, long timedOut, long notDeferred) {}
