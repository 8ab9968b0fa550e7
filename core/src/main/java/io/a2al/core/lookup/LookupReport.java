package io.a2al.core.lookup;

import java.time.Duration;

/**
 * How a lookup went. Immutable; thread-safe.
 *
 * @param asked nodes that were asked
 * @param answered nodes that answered
 * @param hops referrals between our own table and the farthest node that answered; 0 if all were known before
 * @param elapsed from start to end
 * @param complete false if the deadline cut it short
 */
public record LookupReport(int asked, int answered, int hops, Duration elapsed, boolean complete) {}
