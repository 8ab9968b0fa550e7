/**
 * Which nodes there are and how well they answer: the k-buckets and the health of peers. Only knows contacts that
 * others proved; pings nobody itself.
 */
@NullMarked
package io.a2al.core.routing;

import org.jspecify.annotations.NullMarked;
