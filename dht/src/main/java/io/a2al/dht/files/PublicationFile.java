package io.a2al.dht.files;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.cbor.CborException;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.AgentProfilePayload;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.InvalidRecordException;
import io.a2al.protocol.record.RecordPayload;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.TopicPayload;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The file of the publications that a node resumes when it is started again: a JSON object whose member {@code version}
 * is {@value #VERSION} and whose member {@code publications} is an array of objects. One with {@code address},
 * {@code type} and {@code payload} is renewed by the agent with this address; one with {@code key} and {@code record}
 * is a record as it is. Payloads and records are in Base64, keys in hexadecimal. Other members have no meaning. It
 * contains no secret. Not for two processes at a time.
 */
public final class PublicationFile {

    /** Most publications in the file of either kind: as many as a node has at a time. */
    public static final int MAX_OF_A_KIND = 4096;

    private static final int VERSION = 1;

    /** Longest file to read, in bytes: several times what the most publications need. */
    private static final long MAX_LENGTH = 1 << 26;

    private static final String VERSION_MEMBER = "version";
    private static final String LIST_MEMBER = "publications";
    private static final String ADDRESS = "address";
    private static final String TYPE = "type";
    private static final String PAYLOAD = "payload";
    private static final String KEY = "key";
    private static final String RECORD = "record";

    private static final String UNEXPECTED = "not a JSON object with a list of publications";
    private static final JsonFactory JSON = new JsonFactory();

    private final Path file;

    /** A file at this path; it need not exist. */
    public PublicationFile(Path file) {
        this.file = file;
    }

    /** Returns the path. */
    public Path path() {
        return file;
    }

    // ---- reading ----------------------------------------------------------------------------------------------

    /**
     * Returns the publications in the file, in their order; none if there is no such file. Records may have expired,
     * and their signatures are not checked.
     *
     * @throws DamagedFileException if it is not such an object
     * @throws IOException if it cannot be read, or a later version of the program wrote it in another form
     */
    public List<KeptPublication> read() throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            if (Files.size(file) > MAX_LENGTH) {
                throw new DamagedFileException("it is longer than " + MAX_LENGTH + " bytes");
            }
            try (JsonParser parser = JSON.createParser(in)) {
                return parse(parser);
            } catch (JsonProcessingException | CharConversionException e) {
                throw new DamagedFileException(UNEXPECTED, e);
            }
        } catch (NoSuchFileException none) {
            return List.of();
        }
    }

    private static List<KeptPublication> parse(JsonParser parser) throws IOException {
        List<KeptPublication> publications = new ArrayList<>();
        boolean versioned = false;
        boolean listed = false;
        expect(parser.nextToken() == JsonToken.START_OBJECT);
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String member = parser.currentName();
            JsonToken value = parser.nextToken();
            if (member.equals(VERSION_MEMBER)) {
                expect(value == JsonToken.VALUE_NUMBER_INT);
                checkVersion(parser.getLongValue());
                versioned = true;
            } else if (member.equals(LIST_MEMBER)) {
                // A later version may give the list another form.
                expect(versioned && value == JsonToken.START_ARRAY);
                readList(parser, publications);
                listed = true;
            } else {
                parser.skipChildren();
            }
        }
        expect(listed && parser.currentToken() == JsonToken.END_OBJECT);
        return publications;
    }

    private static void checkVersion(long version) throws IOException {
        if (version > VERSION) {
            throw new IOException("it has version " + version + ", and this program reads version " + VERSION
                    + "; use a newer program");
        }
        expect(version == VERSION);
    }

    private static void readList(JsonParser parser, List<KeptPublication> publications) throws IOException {
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            Map<String, String> texts = new HashMap<>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String member = parser.currentName();
                if (parser.nextToken().isScalarValue()) {
                    texts.put(member, parser.getText());
                } else {
                    parser.skipChildren();
                }
            }
            expect(publications.size() < 2 * MAX_OF_A_KIND);
            publications.add(entry(texts));
        }
        expect(parser.currentToken() == JsonToken.END_ARRAY);
    }

    private static KeptPublication entry(Map<String, String> texts) throws IOException {
        try {
            if (texts.containsKey(RECORD)) {
                SignedRecord record = SignedRecord.decode(bytes(text(texts, RECORD)));
                return new KeptPublication.Ready(NodeId.fromHex(text(texts, KEY)), record);
            }
            RecordPayload payload = payload(Integer.parseInt(text(texts, TYPE)), bytes(text(texts, PAYLOAD)));
            return new KeptPublication.Renewed(Address.parse(text(texts, ADDRESS)), payload);
        } catch (IllegalArgumentException | CborException | InvalidRecordException e) {
            throw new DamagedFileException("one of its publications cannot be read: " + e.getMessage(), e);
        }
    }

    private static String text(Map<String, String> texts, String member) {
        return Optional.ofNullable(texts.get(member))
                .orElseThrow(() -> new IllegalArgumentException("\"" + member + "\" is missing"));
    }

    private static Bytes bytes(String base64) {
        return Bytes.copyOf(Base64.getDecoder().decode(base64));
    }

    private static RecordPayload payload(int type, Bytes encoded) throws InvalidRecordException {
        return switch (type) {
            case RecordType.ENDPOINT -> EndpointPayload.decode(encoded);
            case RecordType.AGENT_PROFILE -> AgentProfilePayload.decode(encoded);
            case RecordType.TOPIC -> TopicPayload.decode(encoded);
            default -> throw new IllegalArgumentException("records of type " + type + " cannot be renewed");
        };
    }

    private static void expect(boolean condition) throws IOException {
        if (!condition) {
            throw new DamagedFileException(UNEXPECTED);
        }
    }

    // ---- writing ----------------------------------------------------------------------------------------------

    /**
     * Replaces the content by these publications, as a whole or not at all; readable by the owner only, and on the disk
     * when this returns.
     *
     * @throws IOException if it cannot be written
     */
    public void write(List<KeptPublication> publications) throws IOException {
        OwnerOnlyFile.replace(file, out -> write(publications, out));
    }

    private static void write(List<KeptPublication> publications, OutputStream out) throws IOException {
        JsonGenerator json = JSON.createGenerator(out)
                .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                .useDefaultPrettyPrinter();
        json.writeStartObject();
        json.writeNumberField(VERSION_MEMBER, VERSION);
        json.writeArrayFieldStart(LIST_MEMBER);
        for (KeptPublication publication : publications) {
            json.writeStartObject();
            switch (publication) {
                case KeptPublication.Renewed renewed -> {
                    json.writeStringField(ADDRESS, renewed.address().toString());
                    json.writeNumberField(TYPE, renewed.type());
                    json.writeBinaryField(PAYLOAD, renewed.payload().encode().toArray());
                }
                case KeptPublication.Ready ready -> {
                    json.writeStringField(KEY, ready.key().toHex());
                    json.writeBinaryField(RECORD, ready.record().encoded().toArray());
                }
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        json.close();
        out.write('\n');
    }
}
