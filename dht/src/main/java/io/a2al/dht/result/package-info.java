/**
 * The results of operations and the values in them, all immutable, and the exceptions that operations throw. Finding
 * nothing is a result, not an exception.
 *
 * @since 0.1.0
 */
@NullMarked
package io.a2al.dht.result;

import org.jspecify.annotations.NullMarked;
