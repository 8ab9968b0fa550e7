/**
 * Subscriptions of the newer generation, both sides: who is to be sent the next new record of a key, and what an
 * application of ours listens for. State and rules only; sending, asking and timers are with the node.
 */
@NullMarked
package io.a2al.core.push;

import org.jspecify.annotations.NullMarked;
