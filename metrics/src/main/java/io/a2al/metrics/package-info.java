/**
 * The numbers of a node as Micrometer meters.
 *
 * @since 0.1.0
 */
@NullMarked
package io.a2al.metrics;

import org.jspecify.annotations.NullMarked;
