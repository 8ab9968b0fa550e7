/**
 * How records that other nodes published stay in the network: they are republished when no node has stored them here
 * for an interval, and are offered to nodes that joined lately. What this node publishes itself is in
 * {@code core.publish}.
 *
 * @since 0.1.0
 */
@NullMarked
package io.a2al.core.republish;

import org.jspecify.annotations.NullMarked;
