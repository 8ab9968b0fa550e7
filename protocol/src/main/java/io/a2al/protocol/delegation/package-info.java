/**
 * Delegation proofs, by which the owner of an address lets another key act for it (wire.md section 14). This package
 * checks their form and signatures. What a proof permits at a given time is decided by {@code
 * io.a2al.protocol.record.RecordPolicy}.
 *
 * @since 0.1.0
 */
@NullMarked
package io.a2al.protocol.delegation;

import org.jspecify.annotations.NullMarked;
