/**
 * The shell of a node: what turns bytes and time into inputs of the core, and its effects into bytes. One piece of code
 * for real sockets, for simulations and for tests, so that what is proven in one holds in the others. It has no thread,
 * lock, clock or socket of its own; those come in through its interfaces.
 *
 * @since 0.1.0
 */
@NullMarked
package io.a2al.core.shell;

import org.jspecify.annotations.NullMarked;
