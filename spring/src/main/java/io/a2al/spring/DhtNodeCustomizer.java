package io.a2al.spring;

import io.a2al.dht.DhtNodeBuilder;

/**
 * Sets what properties cannot say, such as a record policy, another transport or an agent whose key is kept elsewhere.
 * All beans of this type are called in their order, after the properties were applied.
 */
@FunctionalInterface
public interface DhtNodeCustomizer {

    /** Changes the builder of the application's node. */
    void customize(DhtNodeBuilder builder);
}
