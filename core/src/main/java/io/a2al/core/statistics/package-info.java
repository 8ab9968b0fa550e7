/**
 * Counters and histograms: plain arrays that the core's turn updates, and what they are read into. Nothing in here
 * knows what is counted.
 *
 * @since 0.1.0
 */
@NullMarked
package io.a2al.core.statistics;

import org.jspecify.annotations.NullMarked;
