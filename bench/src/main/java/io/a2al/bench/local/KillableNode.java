package io.a2al.bench.local;

import io.a2al.protocol.id.NodeId;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/** A node with a directory that outlasts its process. For one thread at a time. */
interface KillableNode extends AutoCloseable {

    /**
     * Starts it on what its directory holds.
     *
     * @return the time from before the start to its first answer
     * @throws IOException if it does not start
     */
    Duration start() throws IOException;

    /**
     * Has it store new records for some time, and kills it.
     *
     * @return how long before the kill it acknowledged each record; 0 for what came during the kill
     * @throws IOException if it ended by itself
     */
    Map<NodeId, Duration> loadAndKill(Duration load) throws IOException, InterruptedException;

    /**
     * Looks for records at the running node once, and returns those that it does not serve.
     *
     * @throws IOException if it ended by itself
     */
    Set<NodeId> missing(Collection<NodeId> keys) throws IOException, InterruptedException;

    /** Stops it, deletes its directory, and starts it with an empty one. */
    void renew() throws IOException;

    /** Stops it and deletes its directory. */
    @Override
    void close() throws IOException;
}
