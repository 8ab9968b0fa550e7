package io.a2al.protocol.record;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.cbor.CborValue;
import io.a2al.protocol.cbor.CborWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An agent's entry under a topic (wire.md 11.3). The constructor checks no limits; {@link #checkLimits()} does.
 * Immutable, with value equality; thread-safe.
 *
 * @param version 1 to 255; 0 is turned into 1
 * @param topic the topic's name, not empty
 * @param name display name of the agent
 * @param wireProtocols protocols that the agent speaks; nothing is CBOR null, which differs from an empty list
 * @param wireTags free tags; nothing is CBOR null
 * @param brief a short description for people
 * @param meta further data by text keys
 */
public record TopicPayload(
        int version,
        String topic,
        String name,
        Optional<List<String>> wireProtocols,
        Optional<List<String>> wireTags,
        String brief,
        Map<String, CborValue> meta)
        implements RecordPayload {

    /** Longest payload, in bytes. */
    public static final int MAX_LENGTH = 512;

    /** Longest brief, in Unicode code points. */
    public static final int MAX_BRIEF = 140;

    /**
     * Copies the lists and the map, and turns version 0 into 1.
     *
     * @throws IllegalArgumentException if the version is not within 0 to 255
     */
    public TopicPayload {
        if (version < 0 || version > 0xff) {
            throw new IllegalArgumentException("a version is within 0 to 255, not " + version);
        }
        version = version == 0 ? 1 : version;
        wireProtocols = PayloadReader.copy(wireProtocols);
        wireTags = PayloadReader.copy(wireTags);
        meta = Map.copyOf(meta);
    }

    /** Returns an entry without description and further data. */
    public static TopicPayload of(String topic, String name, List<String> protocols, List<String> tags) {
        return new TopicPayload(1, topic, name, Optional.of(protocols), Optional.of(tags), "", Map.of());
    }

    /** Returns this entry with a short description for people. */
    public TopicPayload withBrief(String text) {
        return new TopicPayload(version, topic, name, wireProtocols, wireTags, text, meta);
    }

    /** Returns the protocols; empty also if the wire has null. */
    public List<String> protocols() {
        return wireProtocols.orElse(List.of());
    }

    /** Returns the tags; empty also if the wire has null. */
    public List<String> tags() {
        return wireTags.orElse(List.of());
    }

    @Override
    public int recordType() {
        return RecordType.TOPIC;
    }

    /** Returns the canonical encoding, whether or not it is within the limits. */
    @Override
    public Bytes encode() {
        CborWriter writer = new CborWriter(256);
        writer.beginMap(meta.isEmpty() ? 6 : 7);
        writer.unsigned(1);
        writer.unsigned(version);
        writer.unsigned(2);
        writer.text(topic);
        writer.unsigned(3);
        writer.text(name);
        writer.unsigned(4);
        wireProtocols.ifPresentOrElse(list -> EndpointPayload.writeTexts(writer, list), writer::nil);
        writer.unsigned(5);
        wireTags.ifPresentOrElse(list -> EndpointPayload.writeTexts(writer, list), writer::nil);
        writer.unsigned(6);
        writer.text(brief);
        if (!meta.isEmpty()) {
            Map<CborValue, CborValue> entries = new HashMap<>();
            meta.forEach((key, value) -> entries.put(new CborValue.Text(key), value));
            writer.unsigned(7);
            writer.value(new CborValue.Dictionary(entries));
        }
        return writer.toBytes();
    }

    /**
     * Decodes a payload and checks its limits.
     *
     * @throws InvalidRecordException if it is malformed or beyond a limit
     */
    public static TopicPayload decode(Bytes payload) throws InvalidRecordException {
        checkSize(payload.length());
        Fields fields = new Fields();
        PayloadReader.read(payload, (key, reader) -> {
            switch (key) {
                case 1 -> fields.version = (int) reader.unsigned(255);
                case 2 -> fields.topic = reader.text();
                case 3 -> fields.name = reader.text();
                case 4 -> fields.protocols = Optional.of(PayloadReader.texts(reader));
                case 5 -> fields.tags = Optional.of(PayloadReader.texts(reader));
                case 6 -> fields.brief = reader.text();
                case 7 -> fields.meta = PayloadReader.meta(reader);
                default -> reader.skip();
            }
        });
        TopicPayload decoded = new TopicPayload(
                fields.version, fields.topic, fields.name, fields.protocols, fields.tags, fields.brief, fields.meta);
        decoded.checkContent();
        return decoded;
    }

    /**
     * Checks the limits of wire.md 11.3.
     *
     * @throws InvalidRecordException if a value is beyond its limit; the message names the first one
     */
    @Override
    public void checkLimits() throws InvalidRecordException {
        checkContent();
        checkSize(encode().length());
    }

    private void checkContent() throws InvalidRecordException {
        if (topic.isEmpty()) {
            throw PayloadReader.invalid("the topic is empty");
        }
        int codePoints = brief.codePointCount(0, brief.length());
        if (codePoints > MAX_BRIEF) {
            throw PayloadReader.invalid("the brief has " + codePoints + " characters, the limit is " + MAX_BRIEF);
        }
    }

    private static void checkSize(int bytes) throws InvalidRecordException {
        if (bytes > MAX_LENGTH) {
            throw PayloadReader.invalid("the topic payload has " + bytes + " bytes, the limit is " + MAX_LENGTH);
        }
    }

    private static final class Fields {
        private int version;
        private String topic = "";
        private String name = "";
        private Optional<List<String>> protocols = Optional.empty();
        private Optional<List<String>> tags = Optional.empty();
        private String brief = "";
        private Map<String, CborValue> meta = Map.of();
    }
}
