/**
 * The agents that a node keeps for other programs: their keys, what they publish, whether they live, and their mail.
 * Nothing here knows HTTP. An application that holds the keys of its agents itself needs none of this: {@code DhtNode}
 * publishes for any number of agents.
 *
 * @since 0.1.0
 */
@NullMarked
package io.a2al.http.registry;

import org.jspecify.annotations.NullMarked;
