/**
 * How the node joins the network and stays part of it: bootstrapping, refreshing buckets and the own neighbourhood, and
 * recovery after an outage. Which nodes become contacts is decided in {@code core.routing}.
 *
 * @since 0.1.0
 */
@NullMarked
package io.a2al.core.membership;

import org.jspecify.annotations.NullMarked;
