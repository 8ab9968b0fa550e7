package io.a2al.http.events;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.core.api.NodeEvent;
import io.a2al.dht.DhtNode;
import io.a2al.dht.EventSubscription;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the last {@value #KEPT} events of a node. Readers have no queues of their own but read at their own pace what
 * is kept; one that is further behind is told how many events it missed. The node is watched from the first reader on.
 * Thread-safe.
 */
public final class EventHub implements AutoCloseable {

    /** Events that are kept. */
    static final int KEPT = 1000;

    /** Events that a reader gets at a time. */
    private static final int BATCH = 64;

    private final DhtNode node;
    private final LongSupplier unixMillis;

    /** Differs from start to start, so that a reader that comes back is not given other events for those it knows. */
    private final String epoch;

    private final Function<NodeId, Optional<MailOwner>> owners;

    /** Guards all below. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition news = lock.newCondition();
    private final @Nullable HubEvent[] kept = new HubEvent[KEPT];

    /** The number of the next event; the first is 0. */
    private long next;

    private long droppedBefore;
    private @Nullable EventSubscription source;
    private boolean closed;

    /**
     * What a reader gets.
     *
     * @param events the next ones, perhaps none
     * @param missed how many it missed before these
     * @param next the number of the event to ask for next
     * @param isLast true if there will be no more
     */
    record Batch(List<HubEvent> events, long missed, long next, boolean isLast) {}

    /**
     * Where a reader begins.
     *
     * @param number of the first event that it has not seen
     * @param isGap true if it saw events of a former hub, so that it is not known how many it missed
     */
    record Start(long number, boolean isGap) {}

    /**
     * A hub that watches nothing yet.
     *
     * @param unixMillis the clock
     * @param owners the agent behind a NodeID, if its mail is heard of
     */
    public EventHub(DhtNode node, LongSupplier unixMillis, Function<NodeId, Optional<MailOwner>> owners) {
        this.node = node;
        this.unixMillis = unixMillis;
        this.epoch = Long.toString(unixMillis.getAsLong(), Character.MAX_RADIX);
        this.owners = owners;
    }

    /** Begins to watch the node, unless it does already. */
    void watch() {
        lock.lock();
        try {
            if (source == null && !closed) {
                source = node.listenEvents(this::onEvent);
            }
        } finally {
            lock.unlock();
        }
    }

    private void onEvent(NodeEvent event) {
        lock.lock();
        try {
            long dropped = source == null ? 0 : source.state().dropped();
            if (dropped > droppedBefore) {
                add(HubEvent.of(id(next), EventType.LOST, EventJson.lost(Optional.of(dropped - droppedBefore), now())));
                droppedBefore = dropped;
            }
            add(toHubEvent(event));
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Tells the readers of the network's other daemons' events of notes for a registered agent, once the node is
     * watched.
     *
     * @param count how many came
     * @param source how they came; empty if a poll found them
     */
    void onMail(Address agent, int count, Optional<String> source) {
        lock.lock();
        try {
            if (this.source != null) {
                add(HubEvent.legacyMail(id(next), agent, EventJson.legacyMail(agent, count, source, now())));
                news.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void add(HubEvent event) {
        kept[(int) (next % KEPT)] = event;
        next++;
    }

    private HubEvent toHubEvent(NodeEvent event) {
        String id = id(next);
        EventType type = EventType.of(event);
        ObjectNode data = EventJson.put(EventJson.base(id, type, now()), event);
        Optional<MailOwner> owner =
                event instanceof NodeEvent.MailReceived mail ? owners.apply(mail.recipient()) : Optional.empty();
        return owner.map(known -> mail(id, known, data)).orElseGet(() -> HubEvent.of(id, type, data));
    }

    private HubEvent mail(String id, MailOwner owner, ObjectNode data) {
        Address agent = owner.agent();
        data.put("agent", agent.toString());
        return owner.isRegistered()
                ? HubEvent.mail(id, agent, data)
                : HubEvent.mail(id, agent, data, EventJson.legacyMail(agent, 1, Optional.empty(), now()));
    }

    private String id(long number) {
        return epoch + "-" + number;
    }

    long now() {
        return unixMillis.getAsLong();
    }

    /** Returns where a reader goes on that has seen the event with this id; one that has seen none begins now. */
    Start after(Optional<String> lastId) {
        lock.lock();
        try {
            if (lastId.isEmpty()) {
                return new Start(next, false);
            }
            int at = lastId.get().indexOf('-');
            if (at > 0 && lastId.get().substring(0, at).equals(epoch)) {
                long seen = Long.parseLong(lastId.get().substring(at + 1));
                if (seen >= 0 && seen < next) {
                    return new Start(seen + 1, false);
                }
            }
        } catch (NumberFormatException notOurs) {
            // An id of another kind is one of another hub.
        } finally {
            lock.unlock();
        }
        return new Start(oldest(), true);
    }

    private long oldest() {
        lock.lock();
        try {
            return Math.max(0, next - KEPT);
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the event of this number, at most so long, and returns it with those that follow. */
    Batch await(long number, long waitNanos) throws InterruptedException {
        lock.lock();
        try {
            long left = waitNanos;
            while (!closed && number >= next && left > 0) {
                left = news.awaitNanos(left);
            }
            long from = Math.max(number, oldest());
            long to = Math.min(next, from + BATCH);
            List<HubEvent> events = new ArrayList<>();
            for (long i = from; i < to; i++) {
                HubEvent event = kept[(int) (i % KEPT)];
                if (event != null) {
                    events.add(event);
                }
            }
            boolean over = closed || (source != null && !source.isOpen());
            return new Batch(events, from - number, Math.max(from, to), over);
        } finally {
            lock.unlock();
        }
    }

    /** Ends all streams. */
    @Override
    public void close() {
        EventSubscription former;
        lock.lock();
        try {
            closed = true;
            former = source;
            source = null;
            news.signalAll();
        } finally {
            lock.unlock();
        }
        if (former != null) {
            former.close();
        }
    }
}
