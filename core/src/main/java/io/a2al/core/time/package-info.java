/**
 * Time within the node: the two kinds of time that cannot be mixed up, the clock that turns one into the other, and the
 * queue of deadlines on which all timers rest. Knows what timers are for by name only.
 *
 * @since 0.1.0
 */
@NullMarked
package io.a2al.core.time;

import org.jspecify.annotations.NullMarked;
