package io.a2al.sim.work;

import io.a2al.core.api.Command;
import io.a2al.core.api.LookupOptions;
import io.a2al.core.api.Outcome;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.cbor.CborWriter;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.InvalidRecordException;
import io.a2al.protocol.record.RecordSigner;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.TopicPayload;
import io.a2al.protocol.record.Topics;
import io.a2al.protocol.record.VerifiedRecord;
import io.a2al.sim.crypto.SimKeys;
import io.a2al.sim.engine.Purpose;
import io.a2al.sim.engine.Stream;
import io.a2al.sim.result.CrowdSummary;
import io.a2al.sim.result.CrowdSummary.Tally;
import io.a2al.sim.world.Application;
import io.a2al.sim.world.SimNode;
import io.a2al.sim.world.World;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The workload of topics and mailboxes: topics with many members at one key and a listener each, and notes to the
 * mailboxes of agents. Counts how many members and notes are found. Not thread-safe.
 */
public final class Crowds implements Application {

    private static final double NANOS_PER_MINUTE = 60e9;

    /** Lookups of topics, as a share of the rate of other lookups. */
    private static final double DISCOVERS_PER_LOOKUP = 0.1;

    private static final long NANOS_PER_SECOND = Duration.ofSeconds(1).toNanos();

    /** Time from storing a note to reading it, in nanoseconds. */
    private static final long READ_AFTER = Duration.ofSeconds(10).toNanos();

    /** Attempts to find a node that is up, before an action is skipped. */
    private static final int TRIES = 100;

    private record Member(int topic, SimKeys keys, SimNode home) {}

    private record OperationId(int node, long operation) {}

    private final World world;
    private final WorkSettings settings;
    private final Agents agents;
    private final Stream stream;
    private final Map<Integer, Map<Address, VerifiedRecord>> stored = new HashMap<>();
    private final Map<OperationId, Member> publications = new HashMap<>();
    private final Map<OperationId, Integer> listeners = new HashMap<>();
    private final Map<Integer, Set<Address>> heard = new HashMap<>();
    private int discovers;
    private long membersExpected;
    private long membersFound;
    private int notes;
    private int notesRead;

    /** Creates the workload, which does nothing before {@link #beginAt}. */
    public Crowds(World world, WorkSettings settings, Agents agents) {
        this.world = world;
        this.settings = settings;
        this.agents = agents;
        this.stream = world.streams().of(Purpose.CROWD, 0);
    }

    /**
     * Schedules the workload; times are in nanoseconds of virtual time.
     *
     * @param publishing when members begin to publish and listeners to listen
     * @param from when lookups of topics and notes begin
     * @param until when no further ones begin
     */
    public void beginAt(long publishing, long from, long until) {
        for (int topic = 0; topic < settings.crowds().topics(); topic++) {
            int number = topic;
            world.queue().at(publishing, () -> listen(number));
            for (int i = 0; i < settings.crowds().members(); i++) {
                long delay = (long)
                        (stream.nextUnit() * settings.publishing().spread().toNanos());
                world.queue().at(publishing + delay, () -> publish(number));
            }
        }
        if (settings.crowds().topics() > 0) {
            every(settings.lookups().perMinute() * DISCOVERS_PER_LOOKUP, from, until, this::discover);
        }
        if (!agents.all().isEmpty()) {
            every(settings.crowds().notesPerMinute(), from, until, this::sendNote);
        }
    }

    private void every(double perMinute, long from, long until, Runnable action) {
        if (perMinute > 0) {
            long next = from + (long) stream.nextExponential(NANOS_PER_MINUTE / perMinute);
            if (next < until) {
                world.queue().at(next, () -> {
                    action.run();
                    every(perMinute, next, until, action);
                });
            }
        }
    }

    /** Returns a random honest node that is up, if one is found within {@value #TRIES} attempts. */
    private Optional<SimNode> randomNode() {
        for (int i = 0; i < TRIES; i++) {
            SimNode node = world.nodes().get(stream.nextBelow(world.nodes().size()));
            if (node.isUp() && node.isHonest()) {
                return Optional.of(node);
            }
        }
        return Optional.empty();
    }

    // ---- topics -----------------------------------------------------------------------------------------------

    /** Returns the name of the topic with this number, from 0 on. */
    public static String name(int topic) {
        return "topic-" + topic;
    }

    private void listen(int topic) {
        randomNode().ifPresent(node -> {
            long listener = node.submit(new Command.Listen(Topics.keyOf(name(topic)), RecordType.TOPIC), outcome -> {});
            listeners.put(new OperationId(node.index(), listener), topic);
        });
    }

    private void publish(int topic) {
        randomNode().ifPresent(home -> {
            Member member = new Member(topic, world.crypto().newKeys(stream), home);
            VerifiedRecord entry = sign(member);
            long publication = home.submit(
                    new Command.Publish(Topics.keyOf(name(topic)), entry), outcome -> onStored(member, entry, outcome));
            publications.put(new OperationId(home.index(), publication), member);
        });
    }

    private VerifiedRecord sign(Member member) {
        long now = member.home().now().unixSeconds();
        TopicPayload payload = TopicPayload.of(name(member.topic()), "member", List.of("a2a"), List.of());
        try {
            SignedRecord signed = RecordSigner.self(member.keys().signer())
                    .sign(
                            payload,
                            now * NANOS_PER_SECOND,
                            now - 1,
                            settings.publishing().ttl().toSeconds());
            return world.verify(signed).orElseThrow();
        } catch (InvalidRecordException e) {
            throw new IllegalStateException("record rejected although its payload fits", e);
        }
    }

    private void onStored(Member member, VerifiedRecord entry, Outcome outcome) {
        if (outcome instanceof Outcome.Stored(int replicas, int wanted) && replicas > 0) {
            stored.computeIfAbsent(member.topic(), topic -> new HashMap<>())
                    .put(member.keys().address(), entry);
        }
    }

    private Set<Address> expected(int topic, SimNode asker) {
        long now = asker.now().unixSeconds();
        Set<Address> expected = new HashSet<>();
        stored.getOrDefault(topic, Map.of()).forEach((address, entry) -> {
            if (entry.isValidAt(now)) {
                expected.add(address);
            }
        });
        return expected;
    }

    private void discover() {
        int topic = stream.nextBelow(settings.crowds().topics());
        randomNode().ifPresent(asker -> {
            Set<Address> expected = expected(topic, asker);
            find(asker, Topics.keyOf(name(topic)), RecordType.TOPIC, records -> {
                discovers++;
                membersExpected += expected.size();
                Set<Address> found = new HashSet<>();
                records.forEach(record -> found.add(record.record().address()));
                membersFound += expected.stream().filter(found::contains).count();
            });
        });
    }

    private void find(SimNode asker, NodeId key, int type, Consumer<List<VerifiedRecord>> then) {
        Command find = new Command.FindRecords(
                key,
                type,
                Command.Want.ALL,
                LookupOptions.within(settings.lookups().timeout()));
        asker.submit(find, outcome -> {
            if (outcome instanceof Outcome.Records(var records, var report)) {
                then.accept(records);
            }
        });
    }

    @Override
    public void onRenewalDue(SimNode node, long publication) {
        Member member = publications.get(new OperationId(node.index(), publication));
        if (member != null) {
            VerifiedRecord next = sign(member);
            node.submit(new Command.Renew(publication, next), outcome -> onStored(member, next, outcome));
        }
    }

    @Override
    public void onHeard(SimNode node, long listener, VerifiedRecord record) {
        Integer topic = listeners.get(new OperationId(node.index(), listener));
        if (topic != null) {
            heard.computeIfAbsent(topic, number -> new HashSet<>())
                    .add(record.record().address());
        }
    }

    /** Members whose node has left do not publish again. */
    @Override
    public void onStarted(SimNode node) {
        // Nothing to do.
    }

    // ---- notes ------------------------------------------------------------------------------------------------

    private void sendNote() {
        Agent recipient = agents.all().get(stream.nextBelow(agents.all().size()));
        randomNode().ifPresent(sender -> {
            VerifiedRecord note = note(sender, recipient);
            sender.submit(new Command.Publish(recipient.key(), note, false), outcome -> {
                if (outcome instanceof Outcome.Stored(int replicas, int wanted) && replicas > 0) {
                    world.queue().after(READ_AFTER, () -> read(recipient, note));
                }
            });
        });
    }

    private VerifiedRecord note(SimNode sender, Agent recipient) {
        CborWriter payload = new CborWriter(64);
        payload.beginMap(2);
        payload.unsigned(1);
        payload.bytes(recipient.address().toBytes());
        payload.unsigned(4);
        payload.unsigned(world.now());
        Bytes sealed = payload.toBytes();
        long now = sender.now().unixSeconds();
        SignedRecord signed = RecordSigner.self(world.crypto().newKeys(stream).signer())
                .sign(
                        RecordType.MAILBOX,
                        sealed,
                        world.now(),
                        now - 1,
                        settings.publishing().ttl().toSeconds());
        return world.verify(signed).orElseThrow();
    }

    /**
     * Reads a note at the recipient's node, or at another one if that is switched off. It counts once it was read: at
     * the end of a simulation, reading a mailbox that floods have filled is often under way.
     */
    private void read(Agent recipient, VerifiedRecord note) {
        Optional<SimNode> reader = recipient.home().isUp() ? Optional.of(recipient.home()) : randomNode();
        reader.ifPresent(node -> find(node, recipient.key(), RecordType.MAILBOX, records -> {
            notes++;
            notesRead += records.contains(note) ? 1 : 0;
        }));
    }

    // ---- summary ----------------------------------------------------------------------------------------------

    /** Returns how many members and notes were found; empty if there are no topics and no notes. */
    public Optional<CrowdSummary> summary() {
        if (settings.crowds().topics() == 0 && settings.crowds().notesPerMinute() == 0) {
            return Optional.empty();
        }
        long listed = 0;
        long heardOf = 0;
        for (int topic = 0; topic < settings.crowds().topics(); topic++) {
            Set<Address> members = stored.getOrDefault(topic, Map.of()).keySet();
            listed += members.size();
            heardOf += members.stream()
                    .filter(heard.getOrDefault(topic, Set.of())::contains)
                    .count();
        }
        return Optional.of(new CrowdSummary(
                discovers,
                new Tally(membersExpected, membersFound),
                new Tally(listed, heardOf),
                new Tally(notes, notesRead)));
    }
}
