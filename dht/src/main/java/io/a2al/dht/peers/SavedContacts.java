package io.a2al.dht.peers;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.a2al.core.api.KnownNetwork;
import io.a2al.dht.files.DamagedFileException;
import io.a2al.dht.files.OwnerOnlyFile;
import io.a2al.dht.transport.Endpoints;
import io.a2al.protocol.id.NodeId;
import java.io.ByteArrayOutputStream;
import java.io.CharConversionException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The file of what a node knew of the network (node.md section 11), to join through after the next start: a JSON object
 * with the members {@code version}, {@code network_size} and {@code contacts}, an array of at most {@value #MAX_PEERS}
 * objects, best first. Its former form is read as well: a member {@code peers}, an array of strings {@code host:port}.
 * Not for two processes at a time.
 */
public final class SavedContacts {

    /** Most contacts in the file. */
    public static final int MAX_PEERS = 1024;

    private static final int VERSION = 1;

    /** Longest file to read, in bytes: several times what a full one needs. */
    private static final int MAX_LENGTH = 1 << 20;

    /** No answer is awaited for longer, in microseconds. */
    private static final long MAX_ROUND_TRIP = Duration.ofMinutes(1).toNanos() / 1000;

    private static final String CONTACTS = "contacts";
    private static final String FORMER = "peers";
    private static final String UNEXPECTED =
            "not a JSON object with a list named \"" + CONTACTS + "\" or \"" + FORMER + "\"";
    private static final JsonFactory JSON = new JsonFactory();

    /**
     * A contact in the file.
     *
     * @param address {@code host:port}
     * @param nodeId its NodeID; empty in the former form
     * @param roundTripMicros smoothed round-trip time in microseconds; 0 if unknown
     * @param heardUnixSeconds when it answered last; 0 if unknown
     */
    public record Saved(String address, Optional<NodeId> nodeId, long roundTripMicros, long heardUnixSeconds) {

        private static Saved of(KnownNetwork.Peer peer) {
            return new Saved(
                    peer.endpoint().toString(),
                    Optional.of(peer.nodeId()),
                    peer.roundTripNanos() == 0 ? 0 : Math.max(1, peer.roundTripNanos() / 1000),
                    peer.heardUnixSeconds());
        }

        /** Returns the contact for the core; empty without a NodeID and an IP address. */
        private Optional<KnownNetwork.Peer> known() {
            try {
                InetSocketAddress at = Endpoints.parse(address, 0);
                return nodeId.filter(id -> !at.isUnresolved())
                        .map(id ->
                                new KnownNetwork.Peer(id, Endpoints.of(at), roundTripMicros * 1000, heardUnixSeconds));
            } catch (IllegalArgumentException noAddress) {
                return Optional.empty();
            }
        }
    }

    /**
     * The content of the file. Immutable; thread-safe.
     *
     * @param contacts best first
     * @param size how many nodes the network seemed to have
     */
    public record Content(List<Saved> contacts, KnownNetwork.Size size) {

        private static final Content NONE = new Content(List.of(), KnownNetwork.Size.UNKNOWN);

        /** Copies the list. */
        public Content {
            contacts = List.copyOf(contacts);
        }

        /** Returns the addresses as they are written. */
        public List<String> addresses() {
            return contacts.stream().map(Saved::address).toList();
        }

        /** Returns what the core can use. */
        public KnownNetwork known() {
            return new KnownNetwork(
                    contacts.stream().flatMap(saved -> saved.known().stream()).toList(), size);
        }
    }

    private final Path file;

    /** A file at this path; it need not exist. */
    public SavedContacts(Path file) {
        this.file = file;
    }

    /** Returns the path. */
    public Path path() {
        return file;
    }

    /**
     * Returns what is in the file; nothing if there is no such file.
     *
     * @throws DamagedFileException if it is not such an object, or of a later version
     * @throws IOException if it cannot be read
     */
    public Content read() throws IOException {
        byte[] content;
        try {
            content = OwnerOnlyFile.read(file, MAX_LENGTH);
        } catch (NoSuchFileException none) {
            return Content.NONE;
        }
        try (JsonParser parser = JSON.createParser(content)) {
            return parse(parser);
        } catch (JsonProcessingException | CharConversionException | IllegalArgumentException e) {
            throw new DamagedFileException(UNEXPECTED, e);
        }
    }

    private static Content parse(JsonParser parser) throws IOException {
        List<Saved> contacts = new ArrayList<>();
        KnownNetwork.Size size = KnownNetwork.Size.UNKNOWN;
        expect(parser.nextToken() == JsonToken.START_OBJECT);
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String member = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (member) {
                case "version" -> expectVersion(parser);
                case "network_size" -> size = parseSize(parser);
                case CONTACTS, FORMER -> {
                    if (value != JsonToken.VALUE_NULL) {
                        parseContacts(parser, contacts);
                    }
                }
                default -> parser.skipChildren();
            }
        }
        expect(parser.currentToken() == JsonToken.END_OBJECT);
        return new Content(contacts, size);
    }

    private static void expectVersion(JsonParser parser) throws IOException {
        expect(parser.currentToken() == JsonToken.VALUE_NUMBER_INT);
        if (parser.getLongValue() > VERSION) {
            throw new DamagedFileException(
                    "its version is " + parser.getLongValue() + ", and this program knows none after " + VERSION);
        }
    }

    private static void parseContacts(JsonParser parser, List<Saved> contacts) throws IOException {
        expect(parser.currentToken() == JsonToken.START_ARRAY);
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            Saved saved = parser.currentToken() == JsonToken.VALUE_STRING
                    ? new Saved(parser.getText(), Optional.empty(), 0, 0)
                    : parseContact(parser);
            if (contacts.size() < MAX_PEERS) {
                contacts.add(saved);
            }
        }
    }

    private static Saved parseContact(JsonParser parser) throws IOException {
        Optional<String> address = Optional.empty();
        Optional<NodeId> nodeId = Optional.empty();
        long roundTrip = 0;
        long heard = 0;
        expect(parser.currentToken() == JsonToken.START_OBJECT);
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String member = parser.currentName();
            parser.nextToken();
            switch (member) {
                case "address" -> address = Optional.of(text(parser));
                case "node_id" -> nodeId = Optional.of(NodeId.fromHex(text(parser)));
                case "rtt_us" -> roundTrip = Math.min(number(parser), MAX_ROUND_TRIP);
                case "heard" -> heard = number(parser);
                default -> parser.skipChildren();
            }
        }
        expect(parser.currentToken() == JsonToken.END_OBJECT && address.isPresent());
        return new Saved(address.orElseThrow(), nodeId, roundTrip, heard);
    }

    private static KnownNetwork.Size parseSize(JsonParser parser) throws IOException {
        long nodes = 0;
        long estimated = 0;
        expect(parser.currentToken() == JsonToken.START_OBJECT);
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String member = parser.currentName();
            parser.nextToken();
            switch (member) {
                case "nodes" -> nodes = number(parser);
                case "estimated" -> estimated = number(parser);
                default -> parser.skipChildren();
            }
        }
        expect(parser.currentToken() == JsonToken.END_OBJECT);
        return new KnownNetwork.Size(nodes, estimated);
    }

    private static String text(JsonParser parser) throws IOException {
        expect(parser.currentToken() == JsonToken.VALUE_STRING);
        return parser.getText();
    }

    private static long number(JsonParser parser) throws IOException {
        expect(parser.currentToken() == JsonToken.VALUE_NUMBER_INT && parser.getLongValue() >= 0);
        return parser.getLongValue();
    }

    private static void expect(boolean condition) throws IOException {
        if (!condition) {
            throw new DamagedFileException(UNEXPECTED);
        }
    }

    /**
     * Writes the estimate, puts these contacts first, best first, and keeps as many of those that were listed before as
     * there is room for, so that a node that was offline for an hour still has addresses to join through. An unreadable
     * file is replaced. Does nothing without a contact.
     *
     * @throws IOException if it cannot be written
     */
    public void update(KnownNetwork known) throws IOException {
        if (known.peers().isEmpty()) {
            return;
        }
        List<Saved> earlier = List.of();
        try {
            earlier = read().contacts();
        } catch (IOException unreadable) {
            // Only the new contacts are written.
        }
        write(new Content(merged(known, earlier), known.size()));
    }

    /** Leaves out earlier contacts that are at another address now, and those whose address is another's. */
    private static List<Saved> merged(KnownNetwork known, List<Saved> earlier) {
        List<Saved> present = known.peers().stream().map(Saved::of).toList();
        Set<String> addresses = new HashSet<>();
        Set<NodeId> ids = new HashSet<>();
        return Stream.concat(present.stream(), earlier.stream())
                .filter(saved -> addresses.add(saved.address())
                        && saved.nodeId().map(ids::add).orElse(true))
                .limit(MAX_PEERS)
                .toList();
    }

    private void write(Content content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeNumberField("version", VERSION);
            json.writeObjectFieldStart("network_size");
            json.writeNumberField("nodes", content.size().nodes());
            json.writeNumberField("estimated", content.size().unixSeconds());
            json.writeEndObject();
            json.writeArrayFieldStart(CONTACTS);
            for (Saved saved : content.contacts()) {
                json.writeRaw('\n');
                write(json, saved);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        bytes.write('\n');
        OwnerOnlyFile.replace(file, bytes.toByteArray());
    }

    private static void write(JsonGenerator json, Saved saved) throws IOException {
        json.writeStartObject();
        json.writeStringField("address", saved.address());
        if (saved.nodeId().isPresent()) {
            json.writeStringField("node_id", saved.nodeId().get().toHex());
        }
        json.writeNumberField("rtt_us", saved.roundTripMicros());
        json.writeNumberField("heard", saved.heardUnixSeconds());
        json.writeEndObject();
    }
}
