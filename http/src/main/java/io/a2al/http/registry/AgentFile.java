package io.a2al.http.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.dht.Agent;
import io.a2al.dht.files.DamagedFileException;
import io.a2al.dht.files.OwnerOnlyFile;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.delegation.DelegationProof;
import io.a2al.protocol.delegation.InvalidDelegationException;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.record.AgentProfilePayload;
import io.a2al.protocol.record.InvalidRecordException;
import io.a2al.protocol.record.TopicPayload;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The file of the agents that a node keeps: a JSON object with {@code version}, {@code agents}, {@code auto_publish}
 * and {@code damaged}. Keys are encrypted ({@link KeySeal}); the rest is what is published anyway. Entries that cannot
 * be read are moved to {@code damaged}, where every start tries them again, and nothing removes them. One writer at a
 * time; otherwise stateless.
 */
final class AgentFile {

    private static final int VERSION = 1;

    /** Longest file to read, in bytes; a full one has about 3 MB. */
    private static final int MAX_LENGTH = 1 << 24;

    private final Path path;
    private final Identity identity;
    private Optional<KeySeal> seal = Optional.empty();

    AgentFile(RegistryFiles files) {
        this.path = files.agents();
        this.identity = files.identity();
    }

    /** Loaded with the first agent, as most nodes keep none. */
    private static final class Mapper {
        private static final ObjectMapper JSON = new ObjectMapper();
    }

    /** Made with the first agent. */
    private KeySeal seal() {
        KeySeal present = seal.orElseGet(() -> new KeySeal(identity));
        seal = Optional.of(present);
        return present;
    }

    /** An agent, and when it was last known to live. */
    record Entry(KeptAgent agent, Optional<Instant> heartbeat) {}

    /** An entry that cannot be read, by the address that it names, and the reason. */
    record Damaged(ObjectNode entry, String address, String reason) {}

    /** All that the file holds. */
    record Content(List<Entry> agents, List<Damaged> damaged, boolean autoPublish) {

        static final Content NOTHING = new Content(List.of(), List.of(), false);

        Content {
            agents = List.copyOf(agents);
            damaged = List.copyOf(damaged);
        }
    }

    Path path() {
        return path;
    }

    /**
     * Reads the file; nothing if it does not exist.
     *
     * @throws DamagedFileException if it is not of this form at all
     * @throws IOException if it cannot be read, or is of a newer program
     */
    Content read() throws IOException {
        Optional<JsonNode> present = root(path);
        if (present.isEmpty()) {
            return Content.NOTHING;
        }
        JsonNode root = present.get();
        List<Entry> agents = new ArrayList<>();
        List<Damaged> damaged = new ArrayList<>();
        root.path("agents").forEach(entry -> read(entry, agents, damaged));
        root.path("damaged").forEach(entry -> read(entry, agents, damaged));
        return new Content(agents, damaged, root.path("auto_publish").asBoolean());
    }

    /** Does what {@link AgentFileReport#of} says. */
    static AgentFileReport check(Path path) throws IOException {
        Optional<JsonNode> root = root(path);
        int agents = 0;
        List<String> damaged = new ArrayList<>();
        if (root.isPresent()) {
            for (JsonNode entry : root.get().path("agents")) {
                if (hasForm(entry)) {
                    agents++;
                } else {
                    damaged.add(addressOf(entry));
                }
            }
            root.get().path("damaged").forEach(entry -> damaged.add(addressOf(entry)));
        }
        return new AgentFileReport(agents, damaged);
    }

    private static boolean hasForm(JsonNode entry) {
        try {
            var _ = Address.parse(text(entry, "aid"));
            var _ = DelegationProof.decode(bytes(entry, "delegation_proof"));
            var _ = services(entry);
            var _ = profile(entry);
            return !bytes(entry, "sealed_key").isEmpty();
        } catch (IllegalArgumentException | InvalidDelegationException | InvalidRecordException damaged) {
            return false;
        }
    }

    private static String addressOf(JsonNode entry) {
        return entry.path("aid").asText("unknown");
    }

    /** Returns what is in the file, with a list of agents; empty if it does not exist. */
    private static Optional<JsonNode> root(Path path) throws IOException {
        byte[] content;
        try {
            content = OwnerOnlyFile.read(path, MAX_LENGTH);
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
        JsonNode root = parse(content);
        int version = root.path("version").asInt();
        if (version > VERSION) {
            throw new IOException("it has version " + version + ", and this program reads version " + VERSION
                    + "; use a newer program");
        }
        if (version != VERSION || !root.path("agents").isArray()) {
            throw new DamagedFileException("it is no list of agents");
        }
        return Optional.of(root);
    }

    private static JsonNode parse(byte[] content) throws IOException {
        try {
            return Mapper.JSON.readTree(content);
        } catch (JsonProcessingException | CharConversionException e) {
            throw new DamagedFileException("it is no JSON", e);
        }
    }

    private void read(JsonNode json, List<Entry> agents, List<Damaged> damaged) {
        try {
            agents.add(entry(json));
        } catch (IllegalArgumentException | InvalidDelegationException | InvalidRecordException e) {
            ObjectNode entry = json instanceof ObjectNode object
                    ? object.deepCopy()
                    : JsonNodeFactory.instance.objectNode().set("entry", json);
            damaged.add(new Damaged(entry, addressOf(json), String.valueOf(e.getMessage())));
        }
    }

    private Entry entry(JsonNode json) throws InvalidDelegationException, InvalidRecordException {
        Address address = Address.parse(text(json, "aid"));
        DelegationProof proof = DelegationProof.decode(bytes(json, "delegation_proof"));
        Agent agent = Agent.delegated(seal().open(address, bytes(json, "sealed_key")), proof);
        if (!agent.address().equals(address)) {
            throw new IllegalArgumentException("its proof is for " + agent.address());
        }
        long heartbeat = json.path("heartbeat_at").asLong();
        return new Entry(
                new KeptAgent(
                        agent,
                        proof,
                        json.path("service_tcp").asText(),
                        Long.parseUnsignedLong(json.path("seq").asText("0")),
                        services(json),
                        profile(json)),
                heartbeat == 0 ? Optional.empty() : Optional.of(Instant.ofEpochSecond(heartbeat)));
    }

    private static NavigableMap<String, ServiceEntry> services(JsonNode json) throws InvalidRecordException {
        NavigableMap<String, ServiceEntry> services = new TreeMap<>();
        for (JsonNode service : json.path("services")) {
            TopicPayload payload = TopicPayload.decode(bytes(service, "payload"));
            services.put(
                    payload.topic(),
                    new ServiceEntry(payload, service.path("ttl").asLong()));
        }
        return services;
    }

    private static Optional<AgentProfilePayload> profile(JsonNode json) throws InvalidRecordException {
        return json.has("profile") ? Optional.of(AgentProfilePayload.decode(bytes(json, "profile"))) : Optional.empty();
    }

    private static String text(JsonNode json, String member) {
        JsonNode value = json.path(member);
        if (!value.isTextual()) {
            throw new IllegalArgumentException("it has no \"" + member + "\"");
        }
        return value.textValue();
    }

    private static Bytes bytes(JsonNode json, String member) {
        return Bytes.copyOf(Base64.getDecoder().decode(text(json, member)));
    }

    /**
     * Replaces the content, as a whole or not at all; readable by the owner only, and on the disk when this returns.
     *
     * @throws IOException if it cannot be written
     */
    void write(Content content) throws IOException {
        ObjectNode root = JsonNodeFactory.instance
                .objectNode()
                .put("version", VERSION)
                .put("auto_publish", content.autoPublish());
        ArrayNode agents = root.putArray("agents");
        content.agents().forEach(entry -> write(agents.addObject(), entry));
        ArrayNode damaged = root.putArray("damaged");
        content.damaged().forEach(entry -> damaged.add(entry.entry()));
        OwnerOnlyFile.replace(path, Mapper.JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root));
    }

    private void write(ObjectNode json, Entry entry) {
        KeptAgent kept = entry.agent();
        json.put("aid", kept.address().toString())
                .put("service_tcp", kept.target())
                .put("seq", Long.toUnsignedString(kept.sequence()))
                .put(
                        "sealed_key",
                        base64(seal().seal(kept.address(), kept.agent().key())))
                .put("delegation_proof", base64(kept.proof().encode()))
                .put(
                        "heartbeat_at",
                        entry.heartbeat().map(Instant::getEpochSecond).orElse(0L));
        ArrayNode services = json.putArray("services");
        kept.services()
                .values()
                .forEach(service -> services.addObject()
                        .put("topic", service.topic())
                        .put("payload", base64(service.payload().encode()))
                        .put("ttl", service.ttl()));
        kept.profile().ifPresent(profile -> json.put("profile", base64(profile.encode())));
    }

    private static String base64(Bytes bytes) {
        return Base64.getEncoder().encodeToString(bytes.toArray());
    }
}
