package io.a2al.dht.peers;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.a2al.dht.files.DamagedFileException;
import io.a2al.dht.files.OwnerOnlyFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/**
 * The file of addresses to join the network through after the next start (node.md section 11): a JSON object whose
 * member {@code peers} is an array of at most {@value #MAX_PEERS} strings {@code host:port}. Not for two processes at a
 * time.
 */
public final class SavedContacts {

    /** Most addresses in the file. */
    public static final int MAX_PEERS = 64;

    private static final String MEMBER = "peers";
    private static final String UNEXPECTED = "not a JSON object with a list of texts named \"" + MEMBER + "\"";
    private static final JsonFactory JSON = new JsonFactory();

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
     * Returns the addresses in the file as they are written; none if there is no such file.
     *
     * @throws DamagedFileException if it is not such an object
     * @throws IOException if it cannot be read
     */
    public List<String> read() throws IOException {
        byte[] content;
        try {
            content = OwnerOnlyFile.read(file);
        } catch (NoSuchFileException none) {
            return List.of();
        }
        try (JsonParser parser = JSON.createParser(content)) {
            return parse(parser);
        } catch (JsonProcessingException e) {
            throw new DamagedFileException(UNEXPECTED, e);
        }
    }

    private static List<String> parse(JsonParser parser) throws IOException {
        List<String> peers = new ArrayList<>();
        expect(parser.nextToken() == JsonToken.START_OBJECT);
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean wanted = parser.currentName().equals(MEMBER);
            JsonToken value = parser.nextToken();
            if (!wanted || value == JsonToken.VALUE_NULL) {
                parser.skipChildren();
                continue;
            }
            expect(value == JsonToken.START_ARRAY);
            while (parser.nextToken() == JsonToken.VALUE_STRING) {
                if (peers.size() < MAX_PEERS) {
                    peers.add(parser.getText());
                }
            }
            expect(parser.currentToken() == JsonToken.END_ARRAY);
        }
        expect(parser.currentToken() == JsonToken.END_OBJECT);
        return peers;
    }

    private static void expect(boolean condition) throws IOException {
        if (!condition) {
            throw new DamagedFileException(UNEXPECTED);
        }
    }

    /**
     * Puts these addresses first, best first, and keeps as many of the addresses that were listed before as there is
     * room for, so that a node that was offline for an hour still has addresses to join through. An unreadable file is
     * replaced.
     *
     * @throws IOException if it cannot be written
     */
    public void update(List<String> peers) throws IOException {
        if (peers.isEmpty()) {
            return;
        }
        SequencedSet<String> merged = new LinkedHashSet<>(peers);
        try {
            merged.addAll(read());
        } catch (IOException unreadable) {
            // Only the new addresses are written.
        }
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(content).useDefaultPrettyPrinter()) {
            json.writeStartObject();
            json.writeArrayFieldStart(MEMBER);
            for (String peer : merged.stream().limit(MAX_PEERS).toList()) {
                json.writeString(peer);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        content.write('\n');
        OwnerOnlyFile.replace(file, content.toByteArray());
    }
}
