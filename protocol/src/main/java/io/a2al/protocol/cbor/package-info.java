/**
 * The subset of CBOR that A2AL uses (wire.md section 3). The writer is canonical; the reader is strict and bounded.
 * Neither depends on messages or records. Wire data is read and written without reflection and without boxing.
 *
 * @since 0.1.0
 */
@NullMarked
package io.a2al.protocol.cbor;

import org.jspecify.annotations.NullMarked;
