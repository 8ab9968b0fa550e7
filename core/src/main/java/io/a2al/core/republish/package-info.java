/**
 * How records that other nodes published stay in the network: storing them again when no node did for an interval, and
 * handing them over to nodes that joined lately. What this node publishes itself is in {@code core.publish}.
 */
@NullMarked
package io.a2al.core.republish;

import org.jspecify.annotations.NullMarked;
