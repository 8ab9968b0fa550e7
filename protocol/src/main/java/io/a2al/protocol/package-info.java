/**
 * Values that all packages of the protocol share: {@link io.a2al.protocol.Bytes}, and the trimming of white space.
 * Nothing here depends on addresses, messages or records.
 *
 * @since 0.1.0
 */
@NullMarked
package io.a2al.protocol;

import org.jspecify.annotations.NullMarked;
