package io.a2al.dht.transport;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Resolves host names. May block for some seconds. Must be thread-safe. */
@FunctionalInterface
public interface HostResolver {

    /** The resolver of the JVM, which asks the system and remembers an answer for some seconds. */
    HostResolver SYSTEM = host -> List.of(InetAddress.getAllByName(host));

    /**
     * Returns all addresses of a host, of both IP versions, the preferred one first.
     *
     * @throws UnknownHostException if none is known at present
     */
    List<InetAddress> addressesOf(String host) throws UnknownHostException;
}
