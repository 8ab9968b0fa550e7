/** The commands {@code node} and {@code demo}: running nodes and showing their state. */
@NullMarked
package io.a2al.app.node;

import org.jspecify.annotations.NullMarked;
