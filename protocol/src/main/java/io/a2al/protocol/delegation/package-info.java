/**
 * Proofs that the owner of an address lets another key act for it (wire.md section 14). Checks signatures and shapes;
 * what a proof is good for at a given time is the record policy's matter.
 */
@NullMarked
package io.a2al.protocol.delegation;

import org.jspecify.annotations.NullMarked;
