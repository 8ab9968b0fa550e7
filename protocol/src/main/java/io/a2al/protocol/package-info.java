/**
 * The one value that every other package of the protocol uses: {@link io.a2al.protocol.Bytes}. Nothing here knows
 * about addresses, messages or records.
 */
@NullMarked
package io.a2al.protocol;

import org.jspecify.annotations.NullMarked;
