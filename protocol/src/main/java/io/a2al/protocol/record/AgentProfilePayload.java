package io.a2al.protocol.record;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.cbor.CborException;
import io.a2al.protocol.cbor.CborReader;
import io.a2al.protocol.cbor.CborValue;
import io.a2al.protocol.cbor.CborWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The profile in which an agent describes itself (wire.md 11.2), a feature of the newer protocol version. Only
 * publishers and readers decode this payload; other nodes verify and store records of its type whatever it holds. The
 * constructor checks no limits; {@link #checkLimits()} does. Immutable, with value equality; thread-safe.
 *
 * @param version 1 to 255; 0 is turned into 1
 * @param name display name of the agent; empty for none
 * @param brief a short description for people; empty for none
 * @param protocols protocols that the agent speaks
 * @param skills what the agent can do
 * @param cardHash digest of a fuller description; empty for none
 * @param modalities kinds of content that the agent accepts and produces
 * @param meta further data by text keys
 */
public record AgentProfilePayload(
        int version,
        String name,
        String brief,
        List<String> protocols,
        List<String> skills,
        Bytes cardHash,
        List<String> modalities,
        Map<String, CborValue> meta)
        implements RecordPayload {

    /** Longest payload, in bytes. */
    public static final int MAX_LENGTH = 700;

    /** Advised length of a payload, in bytes: longer ones leave little room for other records in a datagram. */
    public static final int ADVISED_LENGTH = 350;

    /**
     * Copies the lists and the map, and turns version 0 into 1.
     *
     * @throws IllegalArgumentException if the version is not within 0 to 255
     */
    public AgentProfilePayload {
        if (version < 0 || version > 0xff) {
            throw new IllegalArgumentException("a version is within 0 to 255, not " + version);
        }
        version = version == 0 ? 1 : version;
        protocols = List.copyOf(protocols);
        skills = List.copyOf(skills);
        modalities = List.copyOf(modalities);
        meta = Map.copyOf(meta);
    }

    /** Returns a profile with only a name, protocols and skills. */
    public static AgentProfilePayload of(String name, List<String> protocols, List<String> skills) {
        return new AgentProfilePayload(1, name, "", protocols, skills, Bytes.EMPTY, List.of(), Map.of());
    }

    /** Returns this profile with a short description for people. */
    public AgentProfilePayload withBrief(String text) {
        return new AgentProfilePayload(version, name, text, protocols, skills, cardHash, modalities, meta);
    }

    @Override
    public int recordType() {
        return RecordType.AGENT_PROFILE;
    }

    /** Returns the canonical encoding, whether or not it is within the limit. Empty fields are omitted. */
    @Override
    public Bytes encode() {
        int pairs = 1
                + count(name.isEmpty())
                + count(brief.isEmpty())
                + count(protocols.isEmpty())
                + count(skills.isEmpty())
                + count(cardHash.isEmpty())
                + count(modalities.isEmpty())
                + count(meta.isEmpty());
        CborWriter writer = new CborWriter(256);
        writer.beginMap(pairs);
        writer.unsigned(1);
        writer.unsigned(version);
        writeText(writer, 2, name);
        writeText(writer, 3, brief);
        writeTexts(writer, 4, protocols);
        writeTexts(writer, 5, skills);
        if (!cardHash.isEmpty()) {
            writer.unsigned(6);
            writer.bytes(cardHash);
        }
        writeTexts(writer, 8, modalities);
        if (!meta.isEmpty()) {
            Map<CborValue, CborValue> entries = new HashMap<>();
            meta.forEach((key, value) -> entries.put(new CborValue.Text(key), value));
            writer.unsigned(9);
            writer.value(new CborValue.Dictionary(entries));
        }
        return writer.toBytes();
    }

    private static int count(boolean omitted) {
        return omitted ? 0 : 1;
    }

    private static void writeText(CborWriter writer, int key, String text) {
        if (!text.isEmpty()) {
            writer.unsigned(key);
            writer.text(text);
        }
    }

    private static void writeTexts(CborWriter writer, int key, List<String> texts) {
        if (!texts.isEmpty()) {
            writer.unsigned(key);
            EndpointPayload.writeTexts(writer, texts);
        }
    }

    /**
     * Decodes a payload and checks its limit.
     *
     * @throws InvalidRecordException if it is malformed or longer than {@value #MAX_LENGTH} bytes
     */
    public static AgentProfilePayload decode(Bytes payload) throws InvalidRecordException {
        checkSize(payload.length());
        Fields fields = new Fields();
        PayloadReader.read(payload, fields::read);
        return new AgentProfilePayload(
                fields.version,
                fields.name,
                fields.brief,
                fields.protocols,
                fields.skills,
                fields.cardHash,
                fields.modalities,
                fields.meta);
    }

    /**
     * Checks the limit of wire.md 11.2.
     *
     * @throws InvalidRecordException if the encoding is longer than {@value #MAX_LENGTH} bytes
     */
    @Override
    public void checkLimits() throws InvalidRecordException {
        checkSize(encode().length());
    }

    /** Returns true if the encoding is longer than {@value #ADVISED_LENGTH} bytes. */
    public boolean exceedsAdvice() {
        return encode().length() > ADVISED_LENGTH;
    }

    private static void checkSize(int bytes) throws InvalidRecordException {
        if (bytes > MAX_LENGTH) {
            throw PayloadReader.invalid("the agent profile has " + bytes + " bytes, the limit is " + MAX_LENGTH);
        }
    }

    private static final class Fields {
        private int version;
        private String name = "";
        private String brief = "";
        private List<String> protocols = List.of();
        private List<String> skills = List.of();
        private Bytes cardHash = Bytes.EMPTY;
        private List<String> modalities = List.of();
        private Map<String, CborValue> meta = Map.of();

        void read(int key, CborReader reader) throws CborException {
            switch (key) {
                case 1 -> version = (int) reader.unsigned(0xff);
                case 2 -> name = reader.text();
                case 3 -> brief = reader.text();
                case 4 -> protocols = PayloadReader.texts(reader);
                case 5 -> skills = PayloadReader.texts(reader);
                case 6 -> cardHash = reader.bytes();
                case 8 -> modalities = PayloadReader.texts(reader);
                case 9 -> meta = PayloadReader.meta(reader);
                default -> reader.skip();
            }
        }
    }
}
