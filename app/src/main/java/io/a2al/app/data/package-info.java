/**
 * The commands {@code data …}: looking after the data directory of a node that is not running.
 */
@NullMarked
package io.a2al.app.data;

import org.jspecify.annotations.NullMarked;
