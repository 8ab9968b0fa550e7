package io.a2al.spring;

import io.a2al.dht.DhtNode;
import io.a2al.dht.result.JoinResult;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Starts the node with the application and has it join the network, without waiting for that; closes it with the
 * application. The node starts before what serves requests and is closed after it. Thread-safe.
 */
final class NodeLifecycle implements SmartLifecycle {

    /** Before web servers, whose phases are near the largest. */
    static final int PHASE = 0;

    private static final Logger LOG = LoggerFactory.getLogger(NodeLifecycle.class);

    private final DhtNode node;
    private final boolean autoStart;
    private volatile boolean running;

    NodeLifecycle(DhtNode node, boolean autoStart) {
        this.node = node;
        this.autoStart = autoStart;
    }

    @Override
    public void start() {
        node.start();
        running = true;
        CompletableFuture<JoinResult> joining = node.joinAsync();
        var _ = joining.thenAccept(
                joined -> LOG.info("node {} knows {} other nodes", node.address(), joined.nodesKnown()));
    }

    /** A closed node does not start again, so an application that is stopped needs a new context. */
    @Override
    public void stop() {
        running = false;
        node.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public boolean isAutoStartup() {
        return autoStart;
    }

    /** Contexts that tests keep are paused between them: the node goes on. */
    @Override
    public boolean isPauseable() {
        return false;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
