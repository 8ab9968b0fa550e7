package io.a2al.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.a2al.protocol.cbor.CborException;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.InvalidRecordException;
import io.a2al.protocol.record.RecordPolicy;
import io.a2al.protocol.record.RecordVerifier;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.VerifiedRecord;
import io.a2al.protocol.testing.Fixtures;
import io.a2al.protocol.testing.Vectors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Replays store.json. Where the generations of the reference differ, we side with the newer one. */
class StoreVectorsTest {

    /**
     * Cases in which the newer generation is not to be followed, although it answers differently.
     *
     * <ul>
     *   <li>D-54: a proof that nobody verified must not make an old record newer, so the older generation's answer stands.
     * </ul>
     */
    private static final Set<String> LIKE_V015 = Set.of("forged-delegation-hung-on-an-old-self-signed-record");

    private final Vectors vectors = Vectors.load("store.json");
    private final Map<String, Optional<VerifiedRecord>> records = verifyAll();

    @Test
    void replaysAllCases() {
        vectors.run(this::replay);
    }

    @Test
    void everyExceptionIsACaseInWhichTheGenerationsDiffer() {
        Set<String> differing = new TreeSet<>();
        for (JsonNode vector : vectors.cases()) {
            if (vector.toString().contains("_v029\"")) {
                differing.add(Vectors.name(vector));
            }
        }
        assertThat(differing).containsAll(LIKE_V015).hasSizeGreaterThan(LIKE_V015.size());
    }

    private void replay(JsonNode vector) {
        int maxKeys = Vectors.number(vector, "max_keys");
        StoreLimits limits = maxKeys == 0 ? StoreLimits.DEFAULT : StoreLimits.DEFAULT.withMaxKeys(maxKeys);
        RecordPolicy policy = switch (Vectors.text(vector, "auth")) {
            case "none" -> RecordPolicy.acceptAll();
            case "host_policy" -> RecordPolicy.ownerOnly();
            default -> throw new IllegalArgumentException("unknown auth in " + vector);
        };
        RecordStore store = new RecordStore(limits, policy);
        boolean newer = !LIKE_V015.contains(Vectors.name(vector));
        int number = 0;
        for (JsonNode op : Vectors.field(vector, "ops")) {
            String where = "op " + number++ + " " + op;
            switch (Vectors.text(op, "op")) {
                case "put" ->
                    assertThat(put(store, op))
                            .as(where)
                            .isEqualTo(expected(op, "result", newer).textValue());
                case "get_all" ->
                    assertThat(store.getAll(key(op), Vectors.number(op, "rec_type"), Vectors.u64(op, "now")))
                            .as(where)
                            .isEqualTo(labelled(expected(op, "records", newer)));
                case "get" ->
                    assertThat(store.getEndpoint(key(op), Vectors.u64(op, "now")))
                            .as(where)
                            .isEqualTo(
                                    expected(op, "record", newer).isNull()
                                            ? Optional.empty()
                                            : record(expected(op, "record", newer)
                                                    .textValue()));
                case "len" ->
                    assertThat(store.keys())
                            .as(where)
                            .isEqualTo(expected(op, "len", newer).intValue());
                default -> throw new IllegalArgumentException("unknown operation: " + op);
            }
        }
    }

    private String put(RecordStore store, JsonNode op) {
        return record(Vectors.text(op, "record"))
                .map(offer -> switch (store.put(key(op), offer, Vectors.u64(op, "now"))) {
                    case STORED -> "ok";
                    case PutResult other -> other.name().toLowerCase(Locale.ROOT);
                })
                .orElse("invalid");
    }

    private static JsonNode expected(JsonNode op, String field, boolean newer) {
        return newer && op.has(field + "_v029") ? op.get(field + "_v029") : Vectors.field(op, field);
    }

    private static NodeId key(JsonNode op) {
        return NodeId.of(Vectors.hex(op, "key"));
    }

    private Optional<VerifiedRecord> record(String label) {
        return Optional.ofNullable(records.get(label))
                .orElseThrow(() -> new IllegalArgumentException("unknown record " + label));
    }

    private List<VerifiedRecord> labelled(JsonNode labels) {
        List<VerifiedRecord> list = new ArrayList<>();
        labels.forEach(label -> list.add(record(label.textValue()).orElseThrow()));
        return list;
    }

    private Map<String, Optional<VerifiedRecord>> verifyAll() {
        RecordVerifier verifier = Fixtures.recordVerifier();
        Map<String, Optional<VerifiedRecord>> all = new HashMap<>();
        vectors.root().get("records").properties().forEach(entry -> {
            try {
                SignedRecord signed = SignedRecord.decode(Vectors.hex(entry.getValue()));
                all.put(entry.getKey(), Optional.of(verifier.verify(signed)));
            } catch (CborException | InvalidRecordException invalid) {
                all.put(entry.getKey(), Optional.empty());
            }
        });
        return all;
    }
}
