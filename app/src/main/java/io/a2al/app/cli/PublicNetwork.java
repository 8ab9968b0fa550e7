package io.a2al.app.cli;

import io.a2al.dht.DhtNode;
import io.a2al.dht.peers.SeedSource;
import io.a2al.dht.peers.SystemTxtResolver;
import io.a2al.dht.peers.TxtResolver;
import java.util.concurrent.Callable;

/** The network that all of A2AL's nodes can share. Its DNS name lists nodes to join through. */
public final class PublicNetwork {

    /** The network's customary name (node.md section 11). */
    public static final String NAME = "_a2al-bootstrap.a2al.org";

    private static final ScopedValue<TxtResolver> RESOLVER = ScopedValue.newInstance();

    private PublicNetwork() {}

    /** Returns the nodes that a name's TXT records list. */
    public static SeedSource named(String name) {
        TxtResolver resolver = RESOLVER.isBound() ? RESOLVER.get() : new SystemTxtResolver();
        return SeedSource.dns(resolver, name, DhtNode.DEFAULT_PORT);
    }

    /** Does something with another resolver; tests must not ask the public name. */
    public static <T> T with(TxtResolver resolver, Callable<T> work) throws Exception {
        return ScopedValue.where(RESOLVER, resolver).call(work::call);
    }
}
