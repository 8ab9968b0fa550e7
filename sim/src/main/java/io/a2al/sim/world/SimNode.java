package io.a2al.sim.world;

import io.a2al.core.NodeCore;
import io.a2al.core.NodeSettings;
import io.a2al.core.api.Admission;
import io.a2al.core.api.Command;
import io.a2al.core.api.Effect;
import io.a2al.core.api.Input;
import io.a2al.core.api.Outcome;
import io.a2al.core.shell.CoreTurn;
import io.a2al.core.shell.DatagramOutput;
import io.a2al.core.shell.NodeShell;
import io.a2al.core.time.NodeTime;
import io.a2al.core.time.ShellTime;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Envelope;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.TransactionId;
import io.a2al.protocol.record.RecordType;
import io.a2al.sim.crypto.SimKeys;
import io.a2al.sim.engine.EventQueue;
import io.a2al.sim.engine.Purpose;
import io.a2al.sim.network.Datagram;
import io.a2al.sim.network.Host;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A participant of the run: the {@link NodeCore} of production and, under virtual time, the {@link NodeShell} of
 * production around it. Datagrams go through the same steps in the same order: size, shape, admission, signatures,
 * core. A node that is switched on again has a new core. Not thread-safe.
 */
public final class SimNode {

    private static final Duration JOIN_TIMEOUT = Duration.ofSeconds(10);
    private static final int MAX_SAVED = 20;

    private final World world;
    private final int index;
    private final Host host;
    private final NodeSettings settings;
    private final Optional<Attacker> attacker;
    private final PendingOperations operations = new PendingOperations();
    private final MachineClock clock;

    private SimKeys keys;
    private NodeShell shell;
    private Optional<NodeCore> core = Optional.empty();

    /** Addresses of its best contacts when it was saved last, as they would be in its data directory. */
    private List<Endpoint> saved = List.of();

    /** Its records, as they would be in its data directory. */
    private NodeDisk disk = new NodeDisk();

    private boolean asleep;
    private boolean retired;
    private int lives;
    private long wakeAt = EventQueue.NEVER;

    SimNode(
            World world,
            int index,
            Host host,
            SimKeys keys,
            NodeClock clock,
            NodeSettings settings,
            Optional<Attacker> attacker) {
        this.world = world;
        this.index = index;
        this.host = host;
        this.keys = keys;
        this.clock = new MachineClock(clock, world::now);
        this.shell = newShell(keys);
        this.settings = settings.withDurability();
        this.attacker = attacker;
    }

    private NodeShell newShell(SimKeys own) {
        return new NodeShell(
                new Turn(),
                world.packetKeys(own.signer()),
                new Output(),
                new SimNotices(world, this, operations),
                true);
    }

    // ---- who it is --------------------------------------------------------------------------------------------

    /** Returns its number. */
    public int index() {
        return index;
    }

    /** Returns its world. */
    public World world() {
        return world;
    }

    /** Returns its machine. */
    public Host host() {
        return host;
    }

    /** Returns its keys. */
    public SimKeys keys() {
        return keys;
    }

    /** Returns its NodeID. */
    public NodeId id() {
        return keys.nodeId();
    }

    /** Returns the settings of its node. */
    public NodeSettings settings() {
        return settings;
    }

    /** Returns true if it is not an attacker. */
    public boolean isHonest() {
        return attacker.isEmpty();
    }

    /** Returns true while it is switched on and awake. */
    public boolean isUp() {
        return core.isPresent() && !asleep;
    }

    /** Returns true if it has been switched off for good. */
    public boolean isRetired() {
        return retired;
    }

    /** Sets its clocks. Only while it is switched off. */
    public void setClock(NodeClock other) {
        clock.set(other);
    }

    /** Returns its core, for observers; empty while it is switched off. */
    public Optional<NodeCore> core() {
        return core;
    }

    /** Returns true if it is switched on and has a valid record at this key. */
    public boolean holds(NodeId key) {
        return core.filter(present -> !present.store()
                        .peekAll(key, RecordType.ANY, now().unixSeconds())
                        .isEmpty())
                .isPresent();
    }

    /** Returns its records on disk. */
    NodeDisk disk() {
        return disk;
    }

    /** Returns what its clocks show now. */
    public ShellTime now() {
        return clock.now();
    }

    /** Returns the time on its monotonic clock without its sleeps, in nanoseconds. */
    public long awakeNanos() {
        return clock.awakeNanos();
    }

    // ---- life -------------------------------------------------------------------------------------------------

    /** Switches it on with a new core, which has the records of the disk, and joins through these addresses. */
    public void start(List<Endpoint> seeds) {
        if (retired) {
            return;
        }
        lives++;
        NodeCore fresh = new NodeCore(
                settings,
                keys.address(),
                world.streams().of(Purpose.CORE, (long) lives << Integer.SIZE | index),
                now());
        fresh.setBindPublic(host.nat().isEmpty());
        disk.restoreTo(fresh, now());
        core = Optional.of(fresh);
        host.attach(this::onDatagram);
        world.emit(new SimEvent.Started(world.now(), index));
        List<Endpoint> all = new ArrayList<>(seeds);
        all.addAll(saved);
        join(all);
        attacker.ifPresent(role -> role.onStarted(this));
        world.application().onStarted(this);
    }

    /** Joins through these addresses. */
    void join(List<Endpoint> seeds) {
        submit(new Command.Bootstrap(seeds, JOIN_TIMEOUT), outcome -> {});
    }

    /** Switches it off as its operator does: it saves its contacts and records first. */
    public void shutDown() {
        save();
        disk.write();
        stop();
    }

    /** Switches it off for good. */
    public void retire() {
        retired = true;
        if (core.isPresent()) {
            stop();
        }
    }

    /** Loses its data directory: it gets new keys and knows no contacts. Only while it is switched off. */
    public void loseData(SimKeys fresh) {
        keys = fresh;
        shell = newShell(fresh);
        saved = List.of();
        disk = new NodeDisk();
        world.rename(this);
    }

    /** Puts its machine to sleep. */
    public void suspend() {
        asleep = true;
        clock.suspend();
        host.detach();
        world.emit(new SimEvent.Suspended(world.now(), index));
    }

    /**
     * Wakes its machine.
     *
     * @param clockStoodStill whether its monotonic clock stood still during the sleep, as on some systems, or ran on
     */
    public void resume(boolean clockStoodStill) {
        if (!asleep) {
            return;
        }
        asleep = false;
        clock.resume(clockStoodStill);
        host.attach(this::onDatagram);
        world.emit(new SimEvent.Resumed(world.now(), index));
        wakeAt = EventQueue.NEVER;
        step(new Input.Tick());
    }

    /** Saves its contacts. */
    void save() {
        core.ifPresent(present -> saved = present.bestContacts(now(), MAX_SAVED).stream()
                .map(Contact::endpoint)
                .toList());
    }

    /**
     * Switches it off without notice to any peer, as a crash does: operations in progress never end, and records that
     * came too late to be written are lost.
     */
    public void stop() {
        disk.crash(now().nanos());
        // Observers see what the core holds last.
        world.emit(new SimEvent.Stopped(world.now(), index));
        core = Optional.empty();
        asleep = false;
        host.detach();
        operations.clear();
        wakeAt = EventQueue.NEVER;
    }

    // ---- operations -------------------------------------------------------------------------------------------

    /**
     * Begins an operation.
     *
     * @param whenDone called with the outcome, perhaps before this method returns
     * @return its number
     * @throws IllegalStateException if the node is switched off
     */
    public long submit(Command command, Consumer<Outcome> whenDone) {
        if (!isUp()) {
            throw new IllegalStateException("node " + index + " is switched off or asleep");
        }
        long operation = operations.add(whenDone);
        world.emit(new SimEvent.Submitted(world.now(), index, operation, command));
        step(new Input.Submit(operation, command));
        return operation;
    }

    // ---- what attackers can do --------------------------------------------------------------------------------

    /** Sends a message, signed with the keys of this participant; returns false if it could not be sent. */
    public boolean send(Endpoint to, TransactionId transaction, Message message) {
        return shell.send(to, transaction, message);
    }

    /** Sends any bytes from any address. */
    public void sendAs(Endpoint source, Endpoint to, Datagram datagram) {
        world.network().sendAs(host, source, to, datagram);
    }

    /** Gives the honest node a datagram that the attacker took, as if it arrived only now. */
    public void deliver(Endpoint from, Datagram datagram) {
        if (core.isPresent()) {
            shell.decode(from, datagram.bytes(), datagram.length()).ifPresent(envelope -> {
                shell.accept(from, envelope, datagram.length());
                scheduleWake();
            });
        }
    }

    // ---- the shell --------------------------------------------------------------------------------------------

    private void onDatagram(Endpoint from, Datagram datagram) {
        if (core.isEmpty()) {
            return;
        }
        Optional<Envelope> envelope = shell.decode(from, datagram.bytes(), datagram.length());
        if (envelope.isPresent()
                && !(attacker.isPresent() && attacker.get().takes(this, from, envelope.get(), datagram))) {
            shell.accept(from, envelope.get(), datagram.length());
            scheduleWake();
        }
    }

    private void step(Input input) {
        shell.handle(input);
        scheduleWake();
    }

    /**
     * Takes the core's turn at the time that the clocks of this node show. A node that is switched off does nothing.
     */
    private final class Turn implements CoreTurn {

        @Override
        public Admission admit(Endpoint from, Envelope envelope) {
            clock.noteTurn();
            return core.orElseThrow().admit(now(), from, envelope);
        }

        @Override
        public boolean mayEcho(Endpoint from, Bytes probe) {
            return core.isPresent() && core.get().mayEcho(now(), from, probe);
        }

        @Override
        public boolean isInTouch(Endpoint from, NodeId node) {
            return core.isPresent() && core.get().isInTouch(now(), from, node);
        }

        @Override
        public List<Effect> handle(Input input) {
            clock.noteTurn();
            return core.isPresent() ? core.get().handle(now(), input) : List.of();
        }
    }

    private final class Output implements DatagramOutput {

        @Override
        public boolean send(Endpoint to, byte[] buffer, int length, boolean isAnswer) {
            return world.network().send(host, to, Datagram.copyOf(buffer, length));
        }

        @Override
        public void oversized(Endpoint to, byte[] buffer, int length) {
            world.emit(new SimEvent.Withheld(world.now(), index, to, Datagram.copyOf(buffer, length)));
        }
    }

    /**
     * Only the earliest wake-up is valid. When an outdated one runs, it finds that it is not valid and does nothing.
     */
    private void scheduleWake() {
        long deadline = core.map(NodeCore::nextDeadline).orElse(NodeTime.NEVER);
        if (deadline == NodeTime.NEVER) {
            return;
        }
        long due = Math.max(world.now(), clock.virtual(deadline));
        if (due < wakeAt) {
            wakeAt = due;
            world.queue().at(due, () -> wake(due));
        }
    }

    private void wake(long due) {
        if (due != wakeAt || asleep || core.isEmpty()) {
            return;
        }
        wakeAt = EventQueue.NEVER;
        if (clock.virtual(core.orElseThrow().nextDeadline()) > world.now()) {
            scheduleWake();
        } else {
            step(new Input.Tick());
        }
    }
}
