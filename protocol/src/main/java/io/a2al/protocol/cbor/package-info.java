/**
 * The part of CBOR that A2AL uses (wire.md section 3): canonical when written, strict and bounded when read. Knows
 * nothing about messages or records. The wire is read and written without reflection and without boxing.
 */
@NullMarked
package io.a2al.protocol.cbor;

import org.jspecify.annotations.NullMarked;
