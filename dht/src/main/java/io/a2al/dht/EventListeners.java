package io.a2al.dht;

import io.a2al.core.NodeCore;
import io.a2al.core.api.NodeEvent;
import io.a2al.dht.result.CallbackKind;
import io.a2al.dht.result.RefusedException;
import io.a2al.dht.shell.CoreDriver;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** The applications' listeners to events of a node. The core reports events while there are any. Thread-safe. */
final class EventListeners {

    /** Most listeners at a time; each costs a call for each event. */
    static final int MAX_LISTENERS = 64;

    private final CoreDriver driver;
    private final Executor executor;
    private final ApplicationCalls calls;
    private final List<Listener> open = new CopyOnWriteArrayList<>();

    EventListeners(CoreDriver driver, Executor executor, ApplicationCalls calls) {
        this.driver = driver;
        this.executor = executor;
        this.calls = calls;
    }

    /**
     * Begins to pass events on.
     *
     * @throws RefusedException at the limit of listeners
     */
    synchronized EventSubscription listen(Consumer<NodeEvent> consumer) {
        if (open.size() >= MAX_LISTENERS) {
            throw new RefusedException("the limit of listeners to events at a time, " + MAX_LISTENERS + ", is reached");
        }
        Listener listener = new Listener(consumer);
        open.add(listener);
        driver.tell(core -> core.wantEvents(true));
        return listener;
    }

    void onEvent(NodeEvent event) {
        open.forEach(listener -> listener.queue.offer(event));
    }

    private synchronized void forget(Listener listener) {
        open.remove(listener);
        if (open.isEmpty()) {
            driver.tell((NodeCore core) -> core.wantEvents(false));
        }
    }

    /** Ends all, as the node is being closed. */
    void close() {
        open.forEach(Listener::close);
    }

    private final class Listener implements EventSubscription {

        private final CallbackQueue<NodeEvent> queue;

        Listener(Consumer<NodeEvent> consumer) {
            this.queue = new CallbackQueue<>(
                    executor, new CallbackQueue.Delivery<>(CallbackKind.EVENT_CONSUMER, consumer, calls));
        }

        @Override
        public Subscription.State state() {
            return queue.state();
        }

        @Override
        public boolean isOpen() {
            return queue.isOpen();
        }

        @Override
        public void close() {
            if (queue.close()) {
                forget(this);
            }
        }
    }
}
