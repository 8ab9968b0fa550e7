package io.a2al.http.publish;

import io.a2al.dht.DhtNode;
import io.a2al.dht.Publication;
import io.a2al.dht.files.KeptPublication;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.id.Sha256;
import io.a2al.protocol.record.RecordPayload;
import io.a2al.protocol.record.RecordSlot;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.Topics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The publications of the node's agent that were made through the HTTP interface, and those that the node keeps over
 * restarts, by a name for each: {@code endpoint}, or {@code topic-} and the key of the topic, or {@code record-} and
 * digits that follow from where a record that was signed elsewhere is, and from what replaces it. A newer one of the
 * same name takes the place of the former one. The node limits how many there are. Thread-safe.
 */
public final class OpenPublications {

    /** Bytes of the names of records that were signed elsewhere. */
    private static final int NAME_LENGTH = 16;

    private final DhtNode node;
    private final NavigableMap<String, Publication> made = new TreeMap<>();
    private final Set<String> kept = new TreeSet<>();

    /** Records that were signed elsewhere. */
    private final NavigableMap<String, Publication> records = new TreeMap<>();

    /** Publications by {@code node}; share one instance, so that all of them are known. */
    public OpenPublications(DhtNode node) {
        this.node = node;
    }

    /**
     * One that is open.
     *
     * @param isKept true if the node goes on with it after a restart
     * @param isRenewable false if it ends with its record, as that was signed elsewhere
     */
    public record Named(String name, Publication publication, boolean isKept, boolean isRenewable) {}

    /** Publishes, and waits for the first replicas. */
    public Named publish(RecordPayload payload, boolean keep) throws InterruptedException {
        Publication publication = keep ? node.publishKept(payload) : node.publish(payload);
        String name = nameOf(publication);
        put(name, publication, keep).forEach(Publication::close);
        return new Named(name, publication, keep, true);
    }

    /**
     * Publishes a record that was signed elsewhere, and waits for the first replicas. It takes the place of a former
     * one that it replaces in the network. A node with a file of publications goes on with it after a restart.
     *
     * @param key where; empty for the key that the record names
     */
    public Named publish(Optional<NodeId> key, SignedRecord record) throws InterruptedException {
        Publication publication = key.isPresent() ? node.publish(key.get(), record) : node.publish(record);
        String name = recordName(publication.key(), record);
        putRecord(name, publication).ifPresent(Publication::close);
        return new Named(name, publication, isInFile(record), false);
    }

    private synchronized Optional<Publication> putRecord(String name, Publication publication) {
        records.values().removeIf(former -> !former.isOpen());
        return Optional.ofNullable(records.put(name, publication));
    }

    private boolean isInFile(SignedRecord record) {
        return node.publications().kept().stream()
                .anyMatch(kept -> kept instanceof KeptPublication.Ready ready
                        && ready.record().equals(record));
    }

    /** Returns those whose place it takes. A kept one has closed the former kept one already. */
    private synchronized List<Publication> put(String name, Publication publication, boolean keep) {
        List<Publication> former = new ArrayList<>();
        if (keep) {
            kept.add(name);
        } else {
            kept.remove(name);
            Optional.ofNullable(resumed().get(name)).ifPresent(former::add);
        }
        Optional.ofNullable(made.put(name, publication)).ifPresent(former::add);
        return former;
    }

    /** Returns all that are open. */
    public synchronized Iterable<Named> all() {
        made.values().removeIf(publication -> !publication.isOpen());
        NavigableMap<String, Publication> all = resumed();
        Set<String> keptNow = new TreeSet<>(all.keySet());
        kept.retainAll(made.keySet());
        keptNow.addAll(kept);
        all.putAll(made);
        records.values().removeIf(publication -> !publication.isOpen());
        Stream<Named> ready = records.entrySet().stream()
                .map(entry -> new Named(
                        entry.getKey(),
                        entry.getValue(),
                        isInFile(entry.getValue().state().record()),
                        false));
        Stream<Named> renewed = all.entrySet().stream()
                .map(entry -> new Named(entry.getKey(), entry.getValue(), keptNow.contains(entry.getKey()), true));
        return Stream.concat(renewed, ready).toList();
    }

    /** Returns the one with this name, if it is open. */
    public Optional<Named> find(String name) {
        for (Named named : all()) {
            if (named.name().equals(name)) {
                return Optional.of(named);
            }
        }
        return Optional.empty();
    }

    private NavigableMap<String, Publication> resumed() {
        NavigableMap<String, Publication> resumed = new TreeMap<>();
        for (Publication publication : node.publications().resume(node.agent())) {
            if (publication.isOpen()) {
                resumed.put(nameOf(publication), publication);
            }
        }
        return resumed;
    }

    private static final Map<Integer, String> FIXED =
            Map.of(RecordType.ENDPOINT, "endpoint", RecordType.AGENT_PROFILE, "profile");

    private static String nameOf(Publication publication) {
        int type = publication.state().record().type();
        return FIXED.getOrDefault(type, topicName(publication.key()));
    }

    /** Returns the name of the publication under a topic. */
    public static String topicName(String topic) {
        return topicName(Topics.keyOf(topic));
    }

    private static String topicName(NodeId key) {
        return "topic-" + key.toHex();
    }

    /** Returns a name that records have in common of which one replaces the other. */
    private static String recordName(NodeId key, SignedRecord record) {
        RecordSlot slot = RecordSlot.of(record);
        byte[] kind = (slot.group() + " " + slot.type()).getBytes(StandardCharsets.US_ASCII);
        byte[] hash = Sha256.hash(
                key.toArray(),
                kind,
                slot.owner().toArray(),
                slot.payload().orElse(Bytes.EMPTY).toArray());
        return "record-" + Bytes.copyOfRange(hash, 0, NAME_LENGTH).toHex();
    }
}
