package io.a2al.core.rpc;

import io.a2al.core.bounds.Occupancy;

/**
 * What is known of peers that hide relayed records. Immutable; thread-safe.
 *
 * @param findings peers of which it was found out whether they hide such records
 * @param checks peers that are to be asked for a record that they stored
 */
public record HidingStatistics(Occupancy findings, Occupancy checks) {}
