/**
 * What peers ask of this node: requests are answered here, as far as the amplification limit allows. Which
 * requests are admitted is decided in {@code core.guard}.
 *
 * @since 0.1.0
 */
@NullMarked
package io.a2al.core.serve;

import org.jspecify.annotations.NullMarked;
