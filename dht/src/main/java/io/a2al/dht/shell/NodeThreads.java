package io.a2al.dht.shell;

import io.a2al.core.shell.Keys;
import io.a2al.core.shell.NodeShell;
import io.a2al.core.shell.Notices;
import io.a2al.dht.transport.DatagramHandler;
import io.a2al.dht.transport.Threads;
import io.a2al.dht.transport.Transport;
import io.a2al.protocol.crypto.Ed25519;
import io.a2al.protocol.crypto.Identity;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * The threads of a node: those that receive, and the one that waits for deadlines. Each has a shell of its own.
 * Thread-safe.
 */
public final class NodeThreads {

    private final CoreDriver driver;
    private final Identity identity;
    private final Transport transport;
    private final Traffic traffic;
    private final Notices notices;
    private final Tasks tasks;
    private final Reception reception;
    private final boolean serving;
    private final Optional<Executor> confirmations;
    private Optional<Thread> timerThread = Optional.empty();

    /**
     * No thread runs yet.
     *
     * @param serving false for a node in client mode
     * @param confirmations runs something once every record kept so far is on the disk; empty if answers do not wait
     *     for that
     */
    public NodeThreads(NodeParts parts, Identity identity, boolean serving, Optional<Executor> confirmations) {
        this.driver = parts.driver();
        this.identity = identity;
        this.transport = parts.transport();
        this.traffic = parts.traffic();
        this.tasks = parts.tasks();
        this.reception = parts.reception();
        this.notices = parts.notices();
        this.serving = serving;
        this.confirmations = confirmations;
    }

    /** The parts of a node that its threads use. */
    public record NodeParts(
            CoreDriver driver,
            Transport transport,
            Traffic traffic,
            Tasks tasks,
            Reception reception,
            Notices notices) {}

    /** Returns a shell that sends everything at once, for a thread that does not receive. */
    public NodeShell newShell() {
        return shell(ThreadOutput.immediate(transport, traffic, confirmations));
    }

    private NodeShell shell(ThreadOutput output) {
        Keys keys = Keys.of(Ed25519.preferred().newVerifier(), identity.newSigner());
        return new NodeShell(driver, keys, output, notices, serving);
    }

    private DatagramHandler newReceiver() {
        ThreadOutput output = ThreadOutput.batching(transport, traffic, confirmations);
        return new ReceivingThread(shell(output), output, traffic, tasks, reception.newThread());
    }

    /** Begins to receive. */
    public void receive() {
        transport.start(this::newReceiver);
    }

    /** Begins to wait for deadlines. */
    public synchronized void startTimers() {
        NodeShell timers = newShell();
        timerThread = Optional.of(Thread.ofPlatform()
                .name("a2al-timer-" + transport.localEndpoint().port())
                .daemon()
                .start(() -> driver.runTimers(timers, tasks)));
    }

    /** Waits until the timer thread has ended, which it does once the driver is closed. */
    public synchronized void join() {
        timerThread.ifPresent(Threads::joinUninterruptibly);
    }
}
