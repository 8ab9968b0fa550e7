package io.a2al.http.registry;

import io.a2al.dht.DhtNode;
import io.a2al.dht.Subscription;
import io.a2al.dht.files.DeliveredMail;
import io.a2al.dht.files.OwnerOnlyFile;
import io.a2al.dht.result.MailResult;
import io.a2al.dht.result.NodeClosedException;
import io.a2al.dht.result.ReceivedMail;
import io.a2al.dht.result.RefusedException;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.mailbox.InvalidMailException;
import io.a2al.protocol.record.RecordCategory;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.VerifiedRecord;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The mail of the agents that the node keeps: hears of notes as they come, and looks for them when it is asked. Hearing
 * and looking consume nothing; a note is consumed when its agent was given it, which outlasts the node. Thread-safe.
 */
public final class AgentMail implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AgentRegistry.class);

    private final DhtNode node;
    private final InstantSource clock;
    private final Optional<DeliveredMail> delivered;
    private final Map<Address, Subscription> subscriptions = new ConcurrentSkipListMap<>();
    private final List<MailboxListener> listeners = new CopyOnWriteArrayList<>();

    AgentMail(DhtNode node, InstantSource clock, Optional<RegistryFiles> files) {
        this.node = node;
        this.clock = clock;
        this.delivered = files.map(RegistryFiles::mail).map(DeliveredMail::new);
        delivered.ifPresent(AgentMail::read);
    }

    private static void read(DeliveredMail file) {
        try {
            file.read();
        } catch (IOException e) {
            LOG.warn(
                    "file {} cannot be read: {}; notes that were delivered are delivered once more",
                    file.path(),
                    OwnerOnlyFile.reason(e));
        }
    }

    /** Returns the keys of the notes that an earlier run delivered. */
    Set<Bytes> deliveredTo(Address agent) {
        return delivered.map(file -> file.of(agent)).orElse(Set.of());
    }

    /** A listener that is called until this is closed. */
    @FunctionalInterface
    public interface Listening extends AutoCloseable {
        @Override
        void close();
    }

    /** Has a listener called when notes come for any agent. Their number is the caller's to limit. */
    public Listening subscribe(MailboxListener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Begins to hear of an agent's notes; at the limit of listeners they are found by looking only. */
    void listen(RegisteredAgent agent) {
        try {
            Subscription begun =
                    node.listen(agent.kept().agent().nodeId(), RecordType.ANY, verified -> onRecord(agent, verified));
            Optional.ofNullable(subscriptions.put(agent.address(), begun)).ifPresent(Subscription::close);
        } catch (RefusedException e) {
            LOG.warn("mail for {} is not announced: {}", agent.address(), e.getMessage());
        } catch (NodeClosedException e) {
            // Nothing comes any more.
        }
    }

    /** Hears no more of an agent's notes. */
    void stopListening(Address agent) {
        Optional.ofNullable(subscriptions.remove(agent)).ifPresent(Subscription::close);
    }

    private void onRecord(RegisteredAgent agent, VerifiedRecord verified) {
        if (verified.category() != RecordCategory.MAILBOX) {
            return;
        }
        try {
            ReceivedMail received =
                    ReceivedMail.open(agent.address(), agent.kept().agent().key(), verified.record());
            if (agent.inbox().add(received, clock.instant())) {
                tell(agent.address(), 1, Optional.of(MailboxListener.PUSHED));
            }
        } catch (InvalidMailException unreadable) {
            // Sealed with another key, or forged: nothing to deliver.
        }
    }

    private void tell(Address agent, int count, Optional<String> source) {
        listeners.forEach(listener -> listener.onMail(agent, count, source));
    }

    /** Looks for notes of an agent, and returns those that it was not given, oldest first. They stay new. */
    public List<AgentNote> fresh(RegisteredAgent agent) throws InterruptedException {
        look(agent);
        return agent.inbox().fresh();
    }

    /** Looks for notes of an agent, and returns all after the one with this id, also those that it was given. */
    public List<AgentNote> after(RegisteredAgent agent, String id) throws InterruptedException {
        look(agent);
        return agent.inbox().after(id);
    }

    private void look(RegisteredAgent agent) throws InterruptedException {
        MailResult found = node.readMail(agent.kept().agent());
        int fresh = (int) found.mail().stream()
                .filter(received -> agent.inbox().add(received, clock.instant()))
                .count();
        if (fresh > 0) {
            tell(agent.address(), fresh, Optional.empty());
        }
    }

    /** Notes that an agent was given these, also after a restart. */
    public void markDelivered(RegisteredAgent agent, List<AgentNote> given) {
        if (given.isEmpty()) {
            return;
        }
        agent.inbox().markDelivered(given);
        delivered.ifPresent(file -> {
            given.forEach(note -> file.mark(
                    agent.address(), Bytes.fromHex(note.id()), note.received().record()));
            try {
                file.write(clock.instant().getEpochSecond());
            } catch (IOException e) {
                LOG.warn(
                        "file {} cannot be written: {}; after a restart, notes are delivered once more",
                        file.path(),
                        OwnerOnlyFile.reason(e));
            }
        });
    }

    @Override
    public void close() {
        subscriptions.values().forEach(Subscription::close);
        subscriptions.clear();
    }
}
