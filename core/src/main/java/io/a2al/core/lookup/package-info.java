/**
 * Iterative lookups as objects that are stepped by hand: whom to ask next, how long to wait, when it is done. No lookup
 * ever sees a socket, a thread, a clock or a signature.
 */
@NullMarked
package io.a2al.core.lookup;

import org.jspecify.annotations.NullMarked;
