/**
 * Signed records and their payloads: encoding, signing, verification, order and authority (wire.md sections 10 to 13).
 * Nothing here depends on messages, stores or networks.
 *
 * @since 0.1.0
 */
@NullMarked
package io.a2al.protocol.record;

import org.jspecify.annotations.NullMarked;
