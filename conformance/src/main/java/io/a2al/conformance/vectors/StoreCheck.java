package io.a2al.conformance.vectors;

import io.a2al.core.api.PutResult;
import io.a2al.core.store.RecordStore;
import io.a2al.core.store.StoreLimits;
import io.a2al.protocol.cbor.CborException;
import io.a2al.protocol.crypto.Ed25519;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.InvalidRecordException;
import io.a2al.protocol.record.RecordPolicy;
import io.a2al.protocol.record.RecordVerifier;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Checks store.json, operation by operation. Where v0.1.5 and v0.2.9 differ, the answers of v0.2.9 are expected, except
 * in cases for which it was decided to answer as v0.1.5 does.
 */
final class StoreCheck implements FileCheck {

    private static final String OLDER = "v015";
    private static final String NEWER = "v029";
    private static final String NEWER_SUFFIX = "_v029";
    private static final String NONE = "none";

    /** All records of the file by label; empty for an invalid record. */
    private final Map<String, Optional<VerifiedRecord>> records;

    private final Map<VerifiedRecord, String> labels = new LinkedHashMap<>();
    private final Choices choices;

    StoreCheck(VectorFile file, Choices choices) throws MalformedVectorException {
        this.records = verifyAll(file.root().object("records"));
        this.choices = choices;
        records.forEach((label, record) -> record.ifPresent(valid -> labels.putIfAbsent(valid, label)));
    }

    private static Map<String, Optional<VerifiedRecord>> verifyAll(Fields records) throws MalformedVectorException {
        RecordVerifier verifier = new RecordVerifier(Ed25519.preferred().newVerifier());
        Map<String, Optional<VerifiedRecord>> all = new LinkedHashMap<>();
        for (String label : records.names()) {
            try {
                SignedRecord signed = SignedRecord.decode(records.hex(label));
                all.put(label, Optional.of(verifier.verify(signed)));
            } catch (CborException | InvalidRecordException invalid) {
                all.put(label, Optional.empty());
            }
        }
        return all;
    }

    @Override
    public Outcome check(Fields vector) throws MismatchException, UnsupportedCaseException, MalformedVectorException {
        boolean expectOlder = choices.deviation(vector).equals(Optional.of(OLDER));
        RecordStore store = store(vector);
        boolean differs = false;
        for (Fields op : vector.objects("ops")) {
            Answer answer = perform(store, op);
            String older = expected(op, answer.kind(), "");
            String newer =
                    op.has(answer.kind().field + NEWER_SUFFIX) ? expected(op, answer.kind(), NEWER_SUFFIX) : older;
            Expect.equal(op.toString(), expectOlder ? older : newer, answer.value());
            differs |= !newer.equals(answer.value());
        }
        return choices.answer(vector, "answers", NEWER, differs ? OLDER : NEWER);
    }

    private static RecordStore store(Fields vector) throws UnsupportedCaseException, MalformedVectorException {
        int maxKeys = vector.number("max_keys");
        StoreLimits limits = maxKeys == 0 ? StoreLimits.DEFAULT : StoreLimits.DEFAULT.withMaxKeys(maxKeys);
        RecordPolicy policy = switch (vector.text("auth")) {
            case "none" -> RecordPolicy.acceptAll();
            case "host_policy" -> RecordPolicy.ownerOnly();
            case String other -> throw new UnsupportedCaseException("unknown auth " + other);
        };
        return new RecordStore(limits, policy);
    }

    // ---- operations -------------------------------------------------------------------------------------------

    /** The kinds of answers; {@code field} is the field of an operation that has the expected answer. */
    private enum Kind {
        RESULT("result"),
        RECORDS("records"),
        RECORD("record"),
        LEN("len");

        private final String field;

        Kind(String field) {
            this.field = field;
        }
    }

    private record Answer(Kind kind, String value) {}

    private Answer perform(RecordStore store, Fields op) throws UnsupportedCaseException, MalformedVectorException {
        return switch (op.text("op")) {
            case "put" -> new Answer(Kind.RESULT, put(store, op));
            case "get_all" ->
                new Answer(
                        Kind.RECORDS,
                        store.getAll(op.nodeId("key"), op.number("rec_type"), op.u64("now")).stream()
                                .map(this::label)
                                .toList()
                                .toString());
            case "get" ->
                new Answer(
                        Kind.RECORD,
                        store.getEndpoint(op.nodeId("key"), op.u64("now"))
                                .map(this::label)
                                .orElse(NONE));
            case "len" -> new Answer(Kind.LEN, String.valueOf(store.keys()));
            case String other -> throw new UnsupportedCaseException("unknown operation " + other);
        };
    }

    private String put(RecordStore store, Fields op) throws MalformedVectorException {
        NodeId key = op.nodeId("key");
        long now = op.u64("now");
        return record(op, "record", op.text("record"))
                .map(offer -> switch (store.put(key, offer, now)) {
                    case STORED -> "ok";
                    case PutResult other -> other.name().toLowerCase(Locale.ROOT);
                })
                .orElse("invalid");
    }

    private String expected(Fields op, Kind kind, String suffix) throws MalformedVectorException {
        String field = kind.field + suffix;
        return switch (kind) {
            case RESULT -> op.text(field);
            case LEN -> String.valueOf(op.number(field));
            case RECORD -> op.hasValue(field) ? label(op, field, op.text(field)) : NONE;
            case RECORDS -> {
                List<String> expected = new ArrayList<>();
                for (String label : op.texts(field).orElse(List.of())) {
                    expected.add(label(op, field, label));
                }
                yield expected.toString();
            }
        };
    }

    // ---- labels -----------------------------------------------------------------------------------------------

    /**
     * Returns the label of a record. Several records that differ only in encoding may be equal to the store; they share
     * the label of the first one.
     */
    private String label(VerifiedRecord record) {
        return labels.getOrDefault(record, "?");
    }

    private String label(Fields op, String field, String label) throws MalformedVectorException {
        return record(op, field, label).map(this::label).orElse(label);
    }

    private Optional<VerifiedRecord> record(Fields op, String field, String label) throws MalformedVectorException {
        Optional<VerifiedRecord> record = records.get(label);
        if (record == null) {
            throw op.malformed(field, "unknown label of a record: " + label);
        }
        return record;
    }
}
