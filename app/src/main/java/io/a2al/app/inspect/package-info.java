/** The commands {@code inspect} and {@code ping}: explaining bytes, and asking a node. */
@NullMarked
package io.a2al.app.inspect;

import org.jspecify.annotations.NullMarked;
