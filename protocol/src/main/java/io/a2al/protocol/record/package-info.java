/**
 * Signed records and what they carry: encoding, signing, verification, order and authority (wire.md sections 10 to 13).
 * Knows nothing about messages, stores or networks.
 */
@NullMarked
package io.a2al.protocol.record;

import org.jspecify.annotations.NullMarked;
