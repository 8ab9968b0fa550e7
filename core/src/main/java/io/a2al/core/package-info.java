/**
 * The node as a state machine. {@link io.a2al.core.NodeCore} is the only entry: inputs and the time go in, effects come
 * out. Nothing here may block, read a clock, draw a random number of its own, or throw on what strangers send.
 *
 * @since 0.1.0
 */
@NullMarked
package io.a2al.core;

import org.jspecify.annotations.NullMarked;
