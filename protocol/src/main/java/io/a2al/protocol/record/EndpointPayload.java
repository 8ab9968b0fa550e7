package io.a2al.protocol.record;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.cbor.CborWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The endpoints at which an agent can be reached (wire.md 11.1). The constructor checks no limits, so that any
 * published payload can be shown; {@link #checkLimits()} does. Immutable, with value equality; thread-safe.
 *
 * @param wireEndpoints URLs such as {@code quic://host:port}; nothing is CBOR null, which differs from an empty list
 * @param natCode the publisher's NAT type, 0 to 4, see {@link NatType}
 * @param signal primary WebSocket base URL; empty for none
 * @param turns TURN URLs without credentials
 * @param signals several signal URLs, the first equal to {@code signal}; preferred by readers
 */
public record EndpointPayload(
        Optional<List<String>> wireEndpoints, int natCode, String signal, List<String> turns, List<String> signals)
        implements RecordPayload {

    /** Longest signal URL, in bytes. */
    public static final int MAX_SIGNAL = 2048;

    /** Most TURN URLs. */
    public static final int MAX_TURNS = 16;

    /** Longest TURN URL, in bytes. */
    public static final int MAX_TURN = 512;

    /** Most signal URLs. */
    public static final int MAX_SIGNALS = 8;

    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException if the NAT type is not within 0 to 255
     */
    public EndpointPayload {
        if (natCode < 0 || natCode > 0xff) {
            throw new IllegalArgumentException("a NAT type is within 0 to 255, not " + natCode);
        }
        wireEndpoints = PayloadReader.copy(wireEndpoints);
        turns = List.copyOf(turns);
        signals = List.copyOf(signals);
    }

    /** Returns a payload with only URLs and an unknown NAT type. */
    public static EndpointPayload of(List<String> endpoints) {
        return new EndpointPayload(Optional.of(endpoints), NatType.UNKNOWN.code(), "", List.of(), List.of());
    }

    /** Returns this payload with another NAT type. */
    public EndpointPayload withNatType(NatType natType) {
        return new EndpointPayload(wireEndpoints, natType.code(), signal, turns, signals);
    }

    /** Returns the URLs; empty also if the wire has null. */
    public List<String> endpoints() {
        return wireEndpoints.orElse(List.of());
    }

    /** Returns the publisher's NAT type; {@link NatType#UNKNOWN} for a code without meaning. */
    public NatType natType() {
        return natCode <= NatType.MAX_CODE ? NatType.ofCode(natCode) : NatType.UNKNOWN;
    }

    @Override
    public int recordType() {
        return RecordType.ENDPOINT;
    }

    /** Returns the canonical encoding, whether or not it is within the limits. */
    @Override
    public Bytes encode() {
        CborWriter writer = new CborWriter(128);
        int optional = (signal.isEmpty() ? 0 : 1) + (turns.isEmpty() ? 0 : 1) + (signals.isEmpty() ? 0 : 1);
        writer.beginMap(2 + optional);
        writer.unsigned(1);
        wireEndpoints.ifPresentOrElse(list -> writeTexts(writer, list), writer::nil);
        writer.unsigned(2);
        writer.unsigned(natCode);
        if (!signal.isEmpty()) {
            writer.unsigned(3);
            writer.text(signal);
        }
        if (!turns.isEmpty()) {
            writer.unsigned(4);
            writeTexts(writer, turns);
        }
        if (!signals.isEmpty()) {
            writer.unsigned(5);
            writeTexts(writer, signals);
        }
        return writer.toBytes();
    }

    /**
     * Decodes a payload and checks its limits.
     *
     * @throws InvalidRecordException if it is malformed or beyond a limit
     */
    public static EndpointPayload decode(Bytes payload) throws InvalidRecordException {
        Fields fields = new Fields();
        PayloadReader.read(payload, (key, reader) -> {
            switch (key) {
                case 1 -> fields.endpoints = Optional.of(PayloadReader.texts(reader));
                case 2 -> fields.natCode = (int) reader.unsigned(255);
                case 3 -> fields.signal = reader.text();
                case 4 -> fields.turns = PayloadReader.texts(reader);
                case 5 -> fields.signals = PayloadReader.texts(reader);
                default -> reader.skip();
            }
        });
        EndpointPayload decoded =
                new EndpointPayload(fields.endpoints, fields.natCode, fields.signal, fields.turns, fields.signals);
        decoded.checkLimits();
        return decoded;
    }

    /**
     * Checks the limits of wire.md 11.1.
     *
     * @throws InvalidRecordException if a value is beyond its limit; the message names the first one
     */
    @Override
    public void checkLimits() throws InvalidRecordException {
        if (natCode > NatType.MAX_CODE) {
            throw PayloadReader.invalid("NAT type " + natCode + " is not one of 0 to " + NatType.MAX_CODE);
        }
        checkLength("signal URL", signal, MAX_SIGNAL);
        checkList("TURN URL", turns, MAX_TURNS, MAX_TURN);
        checkList("signal URL", signals, MAX_SIGNALS, MAX_SIGNAL);
    }

    private static void checkList(String what, List<String> list, int maxCount, int maxLength)
            throws InvalidRecordException {
        if (list.size() > maxCount) {
            throw PayloadReader.invalid(list.size() + " " + what + "s, the limit is " + maxCount);
        }
        for (String item : list) {
            checkLength(what, item, maxLength);
        }
    }

    private static void checkLength(String what, String text, int max) throws InvalidRecordException {
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > max) {
            throw PayloadReader.invalid(what + " of " + bytes + " bytes, the limit is " + max);
        }
    }

    static void writeTexts(CborWriter writer, List<String> texts) {
        writer.beginArray(texts.size());
        texts.forEach(writer::text);
    }

    private static final class Fields {
        private Optional<List<String>> endpoints = Optional.empty();
        private int natCode;
        private String signal = "";
        private List<String> turns = List.of();
        private List<String> signals = List.of();
    }
}
