/**
 * The records that this node keeps for the network: slots, merge rules, limits, expiry (node.md section 14). Takes only
 * verified records, so that no signature is checked here.
 *
 * @since 0.1.0
 */
@NullMarked
package io.a2al.core.store;

import org.jspecify.annotations.NullMarked;
