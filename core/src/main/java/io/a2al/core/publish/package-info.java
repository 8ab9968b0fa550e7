/**
 * How the records that this node publishes stay in the network: which nodes hold a record, when they are probed, when
 * others are looked up, when a record is renewed. {@code Publisher} is a state machine like a lookup: it says what to
 * do next and is told the results. {@code PublisherRunner} does what it says.
 *
 * @since 0.1.0
 */
@NullMarked
package io.a2al.core.publish;

import org.jspecify.annotations.NullMarked;
