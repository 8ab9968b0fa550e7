/**
 * Subscriptions of the newer protocol version, both sides: which peer is sent the next new record of a key, and what
 * applications listen for.
 *
 * @since 0.1.0
 */
@NullMarked
package io.a2al.core.push;

import org.jspecify.annotations.NullMarked;
