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
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The file of the publications that a node resumes when it is started again: lines of JSON, so that a change costs a
 * line however many there are. The first is an object whose member {@code version} is {@value #VERSION}. Each other one
 * is a publication, in place of an earlier one with the same {@linkplain KeptPublication#slot() slot}; with the member
 * {@code ended}, which is true, it says that there is none any more. A publication with {@code address}, {@code type}
 * and {@code payload} is renewed by the agent with this address; one with {@code key} and {@code record} is a record as
 * it is. Payloads and records are in Base64, keys in hexadecimal. Other members have no meaning. A last line without
 * its end was being written in a crash, and has none. It contains no secret.
 *
 * <p>Version 1 was one object with a list of publications, which is read, too. Not thread-safe, and not for two
 * processes at a time.
 */
public final class PublicationFile {

    private static final int VERSION = 2;
    private static final int VERSION_OF_LISTS = 1;

    /** Longest file to read, in bytes: twice what 131,072 notes and as many topics need. */
    private static final long MAX_LENGTH = 1L << 30;

    /** Longest line, in bytes; a record has 1,200 at most, and its Base64 a third more. */
    private static final int MAX_LINE = 1 << 16;

    /** Lines without meaning that a file may have however few publications it has. */
    private static final int MAX_IDLE_LINES = 1024;

    private static final long UNKNOWN = -1;

    private static final String VERSION_MEMBER = "version";
    private static final String LIST_MEMBER = "publications";
    private static final String ADDRESS = "address";
    private static final String TYPE = "type";
    private static final String PAYLOAD = "payload";
    private static final String KEY = "key";
    private static final String RECORD = "record";
    private static final String ENDED = "ended";

    private static final String UNEXPECTED = "it is no file of publications";
    private static final JsonFactory JSON = new JsonFactory();

    private final Path file;

    /** Its length if it has the present form and ends with a line, or {@link #UNKNOWN}. */
    private long length = UNKNOWN;

    /** Its lines, without the first one. */
    private long lines;

    /** A file at this path; it need not exist. */
    public PublicationFile(Path file) {
        this.file = file;
    }

    /** Returns the path. */
    public Path path() {
        return file;
    }

    /**
     * What is in a file.
     *
     * @param publications in the order in which their slots were first used
     * @param damaged number of lines that cannot be read, and that may have changed any of the publications
     */
    public record Content(List<KeptPublication> publications, int damaged) {

        /** Copies the list. */
        public Content {
            publications = List.copyOf(publications);
        }
    }

    /**
     * A change of the file.
     *
     * @param publication what is kept from now on, or no longer
     * @param ended true if it is no longer
     */
    public record Change(KeptPublication publication, boolean ended) {

        /** Checks that there is a publication. */
        public Change {
            Objects.requireNonNull(publication, "publication");
        }
    }

    // ---- reading ----------------------------------------------------------------------------------------------

    /**
     * Returns the publications in the file; none if there is no such file. Records may have expired, and their
     * signatures are not checked.
     *
     * @throws DamagedFileException if it is no such file at all
     * @throws IOException if it cannot be read, or a later version of the program wrote it in another form
     */
    public Content read() throws IOException {
        length = UNKNOWN;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            if (Files.size(file) > MAX_LENGTH) {
                throw new DamagedFileException("it is longer than " + MAX_LENGTH + " bytes");
            }
            Line first = Line.read(in);
            if (first.isWhole()
                    && versionOf(first.text().toArray())
                            .filter(number -> number == VERSION)
                            .isPresent()) {
                return readLines(in, first.length());
            }
        } catch (NoSuchFileException none) {
            return new Content(List.of(), 0);
        }
        return new Content(readList(), 0);
    }

    /** Returns the version that the first line names, if it is one. */
    private static Optional<Long> versionOf(byte[] line) throws IOException {
        Map<String, String> texts;
        try {
            texts = object(line);
        } catch (DamagedFileException ofLists) {
            return Optional.empty();
        }
        if (texts.size() != 1 || !texts.containsKey(VERSION_MEMBER)) {
            return Optional.empty();
        }
        try {
            long version = Long.parseLong(texts.get(VERSION_MEMBER));
            checkVersion(version);
            return Optional.of(version);
        } catch (NumberFormatException e) {
            throw new DamagedFileException(UNEXPECTED, e);
        }
    }

    private static void checkVersion(long version) throws IOException {
        if (version > VERSION) {
            throw new IOException("it has version " + version + ", and this program reads version " + VERSION
                    + "; use a newer program");
        }
    }

    /** A line of the file, with its end unless the file ends before. */
    private record Line(Bytes text, int length, boolean isWhole) {

        static Line read(InputStream in) throws IOException {
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            int length = 0;
            int next = in.read();
            while (next >= 0 && next != '\n') {
                if (text.size() <= MAX_LINE) {
                    text.write(next);
                }
                length++;
                next = in.read();
            }
            return new Line(Bytes.copyOf(text.toByteArray()), length + 1, next >= 0);
        }
    }

    private Content readLines(InputStream in, long start) throws IOException {
        SequencedMap<KeptPublication.Slot, KeptPublication> kept = new LinkedHashMap<>();
        long end = start;
        long count = 0;
        int damaged = 0;
        for (Line line = Line.read(in); line.isWhole(); line = Line.read(in)) {
            end += line.length();
            count++;
            try {
                Map<String, String> texts = object(line.text().toArray());
                KeptPublication publication = entry(texts);
                if (Boolean.parseBoolean(texts.get(ENDED))) {
                    kept.remove(publication.slot());
                } else {
                    kept.put(publication.slot(), publication);
                }
            } catch (DamagedFileException e) {
                damaged++;
            }
        }
        length = end;
        lines = count;
        return new Content(List.copyOf(kept.values()), damaged);
    }

    /** Returns the simple members of an object that is all of a text. */
    private static Map<String, String> object(byte[] text) throws IOException {
        expect(text.length <= MAX_LINE);
        try (JsonParser parser = JSON.createParser(text)) {
            expect(parser.nextToken() == JsonToken.START_OBJECT);
            Map<String, String> texts = members(parser);
            expect(parser.nextToken() == null);
            return texts;
        } catch (JsonProcessingException | CharConversionException e) {
            throw new DamagedFileException(UNEXPECTED, e);
        }
    }

    private static Map<String, String> members(JsonParser parser) throws IOException {
        Map<String, String> texts = new HashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String member = parser.currentName();
            if (parser.nextToken().isScalarValue()) {
                texts.put(member, parser.getText());
            } else {
                parser.skipChildren();
            }
        }
        return texts;
    }

    /** Reads a file of version 1. */
    private List<KeptPublication> readList() throws IOException {
        try (InputStream in = Files.newInputStream(file);
                JsonParser parser = JSON.createParser(in)) {
            return parse(parser);
        } catch (JsonProcessingException | CharConversionException e) {
            throw new DamagedFileException(UNEXPECTED, e);
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
                long version = parser.getLongValue();
                checkVersion(version);
                expect(version == VERSION_OF_LISTS);
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

    private static void readList(JsonParser parser, List<KeptPublication> publications) throws IOException {
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            publications.add(entry(members(parser)));
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
    public void write(Collection<KeptPublication> publications) throws IOException {
        length = UNKNOWN;
        long[] written = new long[1];
        OwnerOnlyFile.replace(file, out -> {
            byte[] first = line(json -> json.writeNumberField(VERSION_MEMBER, VERSION));
            out.write(first);
            written[0] = first.length;
            for (KeptPublication publication : publications) {
                byte[] line = line(new Change(publication, false));
                out.write(line);
                written[0] += line.length;
            }
        });
        length = written[0];
        lines = publications.size();
    }

    /**
     * Adds changes, which are on the disk when this returns; or does nothing, because the file has to be
     * {@linkplain #write written} as a whole: it was neither read nor written by this object or not to its end, does
     * not exist, has an earlier form, or is mostly lines without meaning.
     *
     * @param kept the number of publications that are in the file afterwards
     * @return whether they were added
     * @throws IOException if it cannot be written
     */
    public boolean append(Collection<Change> changes, int kept) throws IOException {
        if (length == UNKNOWN || lines + changes.size() > 2L * kept + MAX_IDLE_LINES) {
            return false;
        }
        long before = length;
        length = UNKNOWN;
        ByteArrayOutputStream added = new ByteArrayOutputStream();
        for (Change change : changes) {
            added.write(line(change));
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            if (channel.size() != before) {
                return false;
            }
            ByteBuffer bytes = ByteBuffer.wrap(added.toByteArray());
            while (bytes.hasRemaining()) {
                channel.write(bytes, before + bytes.position());
            }
            channel.force(true);
        } catch (NoSuchFileException gone) {
            return false;
        }
        length = before + added.size();
        lines += changes.size();
        return true;
    }

    /** The members of an object. */
    private interface Members {
        void writeTo(JsonGenerator json) throws IOException;
    }

    private static byte[] line(Members members) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(line)) {
            json.writeStartObject();
            members.writeTo(json);
            json.writeEndObject();
        }
        line.write('\n');
        return line.toByteArray();
    }

    private static byte[] line(Change change) throws IOException {
        return line(json -> {
            switch (change.publication()) {
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
            if (change.ended()) {
                json.writeBooleanField(ENDED, true);
            }
        });
    }
}
