package io.a2al.http.registry;

import io.a2al.dht.Agent;
import io.a2al.dht.DhtNode;
import io.a2al.http.registry.AgentFile.Content;
import io.a2al.http.registry.AgentFile.Damaged;
import io.a2al.http.registry.AgentFile.Entry;
import io.a2al.http.registry.RegistryException.Reason;
import io.a2al.protocol.delegation.DelegationProof;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agents that a node keeps for other programs: registers them, keeps them in a file, publishes for them while they
 * are alive, and holds their mail. It has the operational key of each agent, and the proof that this key may act for
 * the agent. An agent is alive if it sent a request within the hour, or if its program accepts connections. Once it is
 * not, its publications are ended, and they are published again when it is. The node itself renews what is published.
 *
 * <p>A change is on the disk when its method returns. Changes are made one at a time, reading waits for nothing, and
 * nothing is locked while the network or a program is asked. Closing this ends the publications, not the agents.
 * Thread-safe.
 */
public final class AgentRegistry implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AgentRegistry.class);

    private final DhtNode node;
    private final RegistrySettings settings;
    private final InstantSource clock;
    private final AgentStore store;
    private final AgentMail mail;
    private final AgentKeeper keeper;
    private final Map<Address, RegisteredAgent> agents = new ConcurrentSkipListMap<>();

    /** Held while agents change and are written. */
    private final Object changes = new Object();

    private final AtomicBoolean unwritten = new AtomicBoolean();
    private volatile boolean autoPublish;
    private boolean closed;

    AgentRegistry(
            DhtNode node,
            Optional<RegistryFiles> files,
            RegistrySettings settings,
            InstantSource clock,
            ServiceTarget.Probe probe) {
        this.node = node;
        this.settings = settings;
        this.clock = clock;
        this.store = new AgentStore(files);
        this.mail = new AgentMail(node, clock, files);
        this.keeper = new AgentKeeper(settings, clock, probe, this::tick);
        Content content = store.read();
        autoPublish = content.autoPublish();
        content.agents().forEach(entry -> add(entry.agent(), entry.heartbeat()));
    }

    /**
     * Opens the registry of a node, and looks after its agents until it is closed.
     *
     * @param files where agents outlast the registry; empty for nowhere
     */
    public static AgentRegistry open(DhtNode node, Optional<RegistryFiles> files, RegistrySettings settings) {
        AgentRegistry registry = new AgentRegistry(
                node, files, settings, InstantSource.system(), ServiceTarget.connecting(settings.probe()));
        registry.keeper.start();
        return registry;
    }

    private RegisteredAgent add(KeptAgent kept, Optional<Instant> heartbeat) {
        RegisteredAgent added = new RegisteredAgent(
                kept,
                heartbeat,
                new AgentPublications(node),
                new Inbox(settings.maxNotes(), mail.deliveredTo(kept.address())));
        agents.put(kept.address(), added);
        mail.listen(added);
        return added;
    }

    // ---- reading ----------------------------------------------------------------------------------------------

    /** Returns an agent. */
    public Optional<RegisteredAgent> find(Address address) {
        return Optional.ofNullable(agents.get(address));
    }

    /** Returns the agent with this NodeID. */
    public Optional<RegisteredAgent> find(NodeId key) {
        return agents.values().stream()
                .filter(agent -> agent.kept().agent().nodeId().equals(key))
                .findFirst();
    }

    /** Returns all agents, by address. */
    public List<RegisteredAgent> all() {
        return List.copyOf(agents.values());
    }

    /** Returns the limits. */
    public RegistrySettings settings() {
        return settings;
    }

    /** Returns the time that the registry goes by. */
    public Instant now() {
        return clock.instant();
    }

    /** Returns the addresses of the agents whose entries in the file cannot be read, as far as they name any. */
    public List<String> damaged() {
        return store.damaged();
    }

    // ---- changing ---------------------------------------------------------------------------------------------

    /**
     * Registers an agent, or gives a registered one a newer proof. Publishes nothing that was not published before.
     *
     * @param target where its program listens; empty to leave it as it is
     * @throws RegistryException if its delegation is not valid now, it has another key, there are too many, or it
     *     cannot be written
     */
    public RegisteredAgent register(Agent agent, DelegationProof proof, String target) throws RegistryException {
        if (proof.validityAt(now().getEpochSecond()) != DelegationProof.Validity.VALID) {
            throw new RegistryException(
                    Reason.INVALID,
                    "the delegation of " + agent.address() + " is not valid now; have its owner sign a new one");
        }
        RegisteredAgent registered;
        synchronized (changes) {
            Optional<RegisteredAgent> known = find(agent.address());
            if (known.isPresent()) {
                requireKey(known.get(), agent);
                change(known.get(), kept -> {
                    KeptAgent renewed = kept.withAgent(agent, proof);
                    return target.isEmpty() ? renewed : renewed.withTarget(target);
                });
                registered = known.get();
                registered.announceExpiryAgain();
            } else {
                registered = addNew(KeptAgent.of(agent, proof, target));
            }
        }
        if (keeper.hasRecentHeartbeat(registered)) {
            keeper.publishMissing(registered);
        }
        return registered;
    }

    private static void requireKey(RegisteredAgent known, Agent agent) throws RegistryException {
        if (!known.kept().agent().publicKey().equals(agent.publicKey())) {
            throw new RegistryException(
                    Reason.OTHER_KEY,
                    agent.address() + " is registered with another key; DELETE it first to register it with this one");
        }
    }

    private RegisteredAgent addNew(KeptAgent kept) throws RegistryException {
        if (agents.size() >= settings.maxAgents()) {
            throw new RegistryException(
                    Reason.LIMIT,
                    settings.maxAgents() + " agents are registered, which is the limit; remove some of them");
        }
        RegisteredAgent added = add(kept, Optional.empty());
        try {
            write();
        } catch (RegistryException e) {
            forget(added);
            throw e;
        }
        return added;
    }

    /**
     * Removes an agent and ends its publications; also an entry that cannot be read. Returns false if there is none.
     *
     * @throws RegistryException if that cannot be written; then it stays
     */
    public boolean remove(Address address) throws RegistryException {
        synchronized (changes) {
            Optional<RegisteredAgent> known = find(address);
            List<Damaged> dropped = store.dropDamaged(address);
            if (known.isEmpty() && dropped.isEmpty()) {
                return false;
            }
            agents.remove(address);
            try {
                write();
            } catch (RegistryException e) {
                known.ifPresent(still -> agents.put(address, still));
                store.keepDamaged(dropped);
                throw e;
            }
            known.ifPresent(this::forget);
            return true;
        }
    }

    private void forget(RegisteredAgent agent) {
        agents.remove(agent.address());
        agent.publications().close();
        mail.stopListening(agent.address());
    }

    /**
     * Says where the program of an agent listens.
     *
     * @param target empty for nowhere
     */
    public void setTarget(Address address, String target) throws RegistryException {
        var _ = update(address, kept -> kept.withTarget(target));
    }

    /** A change of what is kept of an agent. */
    @FunctionalInterface
    interface Change {
        /** Returns what is to be kept from now on. */
        KeptAgent of(KeptAgent former) throws RegistryException;
    }

    /** Changes an agent and writes it; nothing has changed if that fails. */
    RegisteredAgent update(Address address, Change by) throws RegistryException {
        synchronized (changes) {
            RegisteredAgent known = require(address);
            change(known, by);
            return known;
        }
    }

    private void change(RegisteredAgent agent, Change by) throws RegistryException {
        KeptAgent former = agent.kept();
        agent.replace(by.of(former));
        try {
            write();
        } catch (RegistryException e) {
            agent.replace(former);
            throw e;
        }
    }

    RegisteredAgent require(Address address) throws RegistryException {
        return find(address)
                .orElseThrow(() -> new RegistryException(Reason.UNKNOWN, address + " is not registered here"));
    }

    private void write() throws RegistryException {
        unwritten.set(false);
        List<Entry> entries = new ArrayList<>();
        agents.values().forEach(agent -> entries.add(new Entry(agent.kept(), agent.heartbeat())));
        try {
            store.write(entries, autoPublish);
        } catch (IOException e) {
            unwritten.set(true);
            throw new RegistryException(Reason.NOT_SAVED, "the file of agents cannot be written: " + e.getMessage());
        }
    }

    /** Returns true if the node's own endpoint is published without being asked for. */
    public boolean isAutoPublish() {
        return autoPublish;
    }

    /** Sets whether the node's own endpoint is published without being asked for; the caller publishes it. */
    public void setAutoPublish(boolean on) throws RegistryException {
        synchronized (changes) {
            boolean former = autoPublish;
            autoPublish = on;
            try {
                write();
            } catch (RegistryException e) {
                autoPublish = former;
                throw e;
            }
        }
    }

    // ---- life -------------------------------------------------------------------------------------------------

    /** Notes that an agent is alive, and publishes again what was ended meanwhile. Returns false if it is unknown. */
    public boolean heartbeat(Address address) {
        Optional<RegisteredAgent> known = find(address);
        known.ifPresent(agent -> {
            agent.noteHeartbeat(now());
            keeper.publishMissing(agent);
            unwritten.set(true);
        });
        return known.isPresent();
    }

    /** Checks once which agents are alive and whose delegations end, and writes what is not written yet. */
    void tick() {
        keeper.checkAll(all());
        synchronized (changes) {
            if (unwritten.get() && !closed) {
                writeQuietly();
            }
        }
    }

    /** For what may be lost by a crash: the times of heartbeats. */
    private void writeQuietly() {
        try {
            write();
        } catch (RegistryException e) {
            LOG.warn("{}", e.getMessage());
        }
    }

    /** Returns what publishes for the agents. */
    public AgentPublisher publisher() {
        return new AgentPublisher(this, keeper, settings);
    }

    /** Returns the mail of the agents. */
    public AgentMail mail() {
        return mail;
    }

    /** Ends what is published, writes what is not written yet, and stops. Can be called twice. */
    @Override
    public void close() {
        keeper.close();
        mail.close();
        synchronized (changes) {
            if (!closed && unwritten.get()) {
                writeQuietly();
            }
            closed = true;
        }
        agents.values().forEach(agent -> agent.publications().close());
    }
}
