/**
 * Who and where in the key space: addresses of agents and nodes, NodeIDs, and the XOR metric between them
 * (wire.md section 1). Values only; how keys are made and used is in {@code io.a2al.protocol.crypto}.
 */
@NullMarked
package io.a2al.protocol.id;

import org.jspecify.annotations.NullMarked;
