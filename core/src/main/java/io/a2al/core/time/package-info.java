/**
 * Time within the node: the two kinds of time that cannot be mixed up, the clock that turns one into the other, and the
 * queue of everything that happens later. Nothing in here knows what it is used for.
 */
@NullMarked
package io.a2al.core.time;

import org.jspecify.annotations.NullMarked;
