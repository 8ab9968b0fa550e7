/**
 * The records that this node keeps for others: slots, merge rules, limits, expiry (node.md section 14). Takes only
 * verified records, so that nothing here touches a signature.
 */
@NullMarked
package io.a2al.core.store;

import org.jspecify.annotations.NullMarked;
