/** Paths about the node itself: whether it works, whom it knows, what it holds, and its numbers. */
@NullMarked
package io.a2al.http.node;

import org.jspecify.annotations.NullMarked;
