/**
 * The interface for applications: {@link io.a2al.dht.DhtNode}, its builder, and the facets that it returns, all of
 * which an application can fake in its tests. The implementation, which is not public, connects the core with threads,
 * clocks, signatures and files; it decides no rules of the protocol.
 *
 * @since 0.1.0
 */
@NullMarked
package io.a2al.dht;

import org.jspecify.annotations.NullMarked;
