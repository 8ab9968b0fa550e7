/**
 * Subscriptions of the newer protocol version, both sides: which peer is sent the next new record of a key, and what
 * applications listen for.
 */
@NullMarked
package io.a2al.core.push;

import org.jspecify.annotations.NullMarked;
