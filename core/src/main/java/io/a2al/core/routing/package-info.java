/**
 * Which nodes there are and at which address: the k-buckets, and what is remembered beside them. Only contacts that
 * answered a request of ours get in.
 *
 * @since 0.1.0
 */
@NullMarked
package io.a2al.core.routing;

import org.jspecify.annotations.NullMarked;
