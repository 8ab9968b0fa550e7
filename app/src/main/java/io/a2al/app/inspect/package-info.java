/**
 * The commands {@code inspect} and {@code ping}: looking at bytes, and at a node.
 */
@NullMarked
package io.a2al.app.inspect;

import org.jspecify.annotations.NullMarked;
