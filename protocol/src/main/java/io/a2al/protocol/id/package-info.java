/**
 * Addresses of agents and nodes, NodeIDs, and the XOR metric between NodeIDs (wire.md section 1). These are plain
 * values; keys are generated and used in {@code io.a2al.protocol.crypto}.
 *
 * @since 0.1.0
 */
@NullMarked
package io.a2al.protocol.id;

import org.jspecify.annotations.NullMarked;
