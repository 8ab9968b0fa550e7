package io.a2al.dht.peers;

import java.io.IOException;
import java.util.List;

/** Queries the DNS for TXT records. May block for some seconds. Must be thread-safe. */
@FunctionalInterface
public interface TxtResolver {

    /**
     * Returns the TXT records of a name, each as one text.
     *
     * @throws IOException if there are none, or the DNS does not answer
     */
    List<String> texts(String name) throws IOException;
}
