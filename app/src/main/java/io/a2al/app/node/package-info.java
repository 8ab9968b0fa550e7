/**
 * The commands {@code node} and {@code demo}: running nodes and saying how they do.
 */
@NullMarked
package io.a2al.app.node;

import org.jspecify.annotations.NullMarked;
