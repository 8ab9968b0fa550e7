package io.a2al.core.republish;

import io.a2al.core.bounds.Occupancy;

/**
 * Numbers about records kept alive for others, as of one moment. Immutable; thread-safe.
 *
 * @param keys keys that are looked after
 * @param newcomers new contacts that wait for the records they are near to
 * @param requestsUnderWay STOREs not answered yet
 * @param announcements records stored at the others again, as nobody else had done it for long
 * @param handOvers records offered to new contacts
 * @param accepted STOREs answered with yes
 * @param denied STOREs answered with no, which nodes of the older generation also say when they have the record
 * @param unanswered STOREs not answered
 * @param passedOver keys and new contacts beyond the limits
 */
public record RepublishStatistics(
        Occupancy keys,
        Occupancy newcomers,
        Occupancy requestsUnderWay,
        long announcements,
        long handOvers,
        long accepted,
        long denied,
        long unanswered,
        long passedOver) {}
