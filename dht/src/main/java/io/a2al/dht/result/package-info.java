/**
 * What operations end with: sealed results and the values in them. Immutable; not finding something is a result, not an
 * exception.
 */
@NullMarked
package io.a2al.dht.result;

import org.jspecify.annotations.NullMarked;
