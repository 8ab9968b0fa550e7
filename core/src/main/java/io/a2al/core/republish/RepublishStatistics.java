package io.a2al.core.republish;

import io.a2al.core.bounds.Occupancy;

/**
 * Numbers about records republished for other nodes, as of one moment. Immutable; thread-safe.
 *
 * @param keys keys on the schedule
 * @param newcomers new contacts that have not got the records they are near to yet
 * @param requestsUnderWay STOREs not answered yet
 * @param republished records stored again at the nearest nodes, as no node had stored them here for the interval
 * @param offered records offered to new contacts
 * @param accepted STOREs answered with yes
 * @param denied STOREs answered with no, which is also what a node of an older protocol version says about a record
 *     that it has (known-defects D-53)
 * @param unanswered STOREs not answered
 * @param passedOver keys and new contacts beyond the limits
 */
public record RepublishStatistics(
        Occupancy keys,
        Occupancy newcomers,
        Occupancy requestsUnderWay,
        long republished,
        long offered,
        long accepted,
        long denied,
        long unanswered,
        long passedOver) {}
