/**
 * Iterative lookups as objects that their owner steps: which node to ask next, how long to wait, when to end. {@link
 * io.a2al.core.lookup.LookupRunner} runs them over requests. No lookup touches a socket, a thread, a clock or a
 * signature.
 *
 * @since 0.1.0
 */
@NullMarked
package io.a2al.core.lookup;

import org.jspecify.annotations.NullMarked;
