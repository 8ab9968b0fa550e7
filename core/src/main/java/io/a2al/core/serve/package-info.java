/**
 * What peers ask of this node: requests are answered here, as long as the amplification limit allows. Who may ask at
 * all is decided in {@code core.guard}.
 */
@NullMarked
package io.a2al.core.serve;

import org.jspecify.annotations.NullMarked;
