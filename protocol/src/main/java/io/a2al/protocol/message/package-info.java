/**
 * Messages between nodes: their values, encoding and signatures, and the size of responses (wire.md sections 4 to 9).
 * What to answer is not decided here.
 *
 * @since 0.1.0
 */
@NullMarked
package io.a2al.protocol.message;

import org.jspecify.annotations.NullMarked;
