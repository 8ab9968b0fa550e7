package io.a2al.http.inspect;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.http.route.Json;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.cbor.CborException;
import io.a2al.protocol.cbor.CborReader;
import io.a2al.protocol.crypto.Ed25519;
import io.a2al.protocol.crypto.SignatureVerifier;
import io.a2al.protocol.message.Envelope;
import io.a2al.protocol.message.MalformedMessageException;
import io.a2al.protocol.message.MessageCodec;
import io.a2al.protocol.record.SignedRecord;
import java.util.ArrayList;
import java.util.List;

/** Explains bytes field by field, with what is wrong with them. Not thread-safe. */
public final class Inspection {

    /**
     * Something that is wrong.
     *
     * @param what a line about it
     * @param offset of the byte where it was noticed
     */
    public record Problem(String what, int offset) {}

    private final Bytes bytes;
    private final long now;
    private final List<Problem> problems = new ArrayList<>();
    private final SignatureVerifier signatures = Ed25519.preferred().newVerifier();
    private final ObjectNode tree = Json.object();

    private Inspection(Bytes bytes, long now) {
        this.bytes = bytes;
        this.now = now;
    }

    /** Looks at a datagram or a record at {@code now} in Unix seconds. */
    public static Inspection of(Bytes bytes, long now) {
        Inspection inspection = new Inspection(bytes, now);
        if (inspection.looksLikeRecord()) {
            inspection.inspectRecord();
        } else {
            inspection.inspectMessage();
        }
        return inspection;
    }

    /** Returns true if nothing is wrong. */
    public boolean isSound() {
        return problems.isEmpty();
    }

    /** Returns all fields and the verdict. */
    public ObjectNode toJson() {
        ObjectNode object = tree.deepCopy().put("sound", isSound());
        ArrayNode list = object.putArray("problems");
        problems.forEach(problem -> list.addObject().put("byte", problem.offset).put("what", problem.what));
        return object;
    }

    /** Returns all fields. */
    public ObjectNode fields() {
        return tree.deepCopy();
    }

    /** Returns what is wrong, in the order in which it was noticed. */
    public List<Problem> problems() {
        return List.copyOf(problems);
    }

    /** Field 1 of a record is a byte string; that of a message is a map. */
    private boolean looksLikeRecord() {
        CborReader reader = CborReader.of(bytes);
        try {
            reader.beginMap();
            if (reader.nextField() != 1) {
                return false;
            }
            reader.beginBytes();
            return true;
        } catch (CborException somethingElse) {
            return false;
        }
    }

    private void inspectRecord() {
        tree.put("kind", "record").put("bytes", bytes.length());
        try {
            SignedRecord record = SignedRecord.decode(bytes);
            tree.set("record", new RecordInspection(this, record).tree());
        } catch (CborException e) {
            problem(e.getMessage(), e.offset());
            showRaw();
        }
    }

    private void inspectMessage() {
        tree.put("kind", "message").put("bytes", bytes.length());
        byte[] datagram = bytes.toArray();
        if (datagram.length > MessageCodec.MAX_DATAGRAM) {
            problem(
                    datagram.length + " bytes, a node reads at most " + MessageCodec.MAX_DATAGRAM,
                    MessageCodec.MAX_DATAGRAM);
        }
        MessageCodec codec = new MessageCodec(signatures);
        try {
            Envelope envelope = codec.decode(datagram, datagram.length);
            showEnvelope(envelope, codec.verify(envelope));
        } catch (MalformedMessageException e) {
            problem(e.getMessage(), e.offset());
            showRaw();
        }
    }

    private void showEnvelope(Envelope envelope, boolean signatureHolds) {
        tree.set(
                "header",
                Json.object()
                        .put("version", envelope.header().version())
                        .put("features", envelope.header().features())
                        .put("type", envelope.header().type().name())
                        .put("transaction_id", envelope.transactionId().toString()));
        tree.set(
                "sender",
                Json.object()
                        .put("public_key", envelope.senderKey().toHex())
                        .put("address", envelope.sender().toString())
                        .put("node_id", envelope.senderId().toString()));
        tree.set("body", new BodyInspection(this).tree(envelope.message()));
        FieldRanges ranges = FieldRanges.ofMap(bytes);
        tree.put("signature", signatureHolds ? "holds" : "does not hold");
        if (!signatureHolds) {
            problem(
                    "the signature (bytes " + ranges.text(4) + ") is not one of header and body (bytes "
                            + ranges.text(1) + " and " + ranges.text(2) + ") by the sender's key (bytes "
                            + ranges.text(3)
                            + ")",
                    ranges.from(4));
        }
    }

    /** Shows bytes that are not a message as CBOR if they are CBOR, which helps to find the problem. */
    private void showRaw() {
        try {
            CborReader reader = CborReader.lenient(bytes);
            tree.set("content", CborTree.of(reader.value()));
        } catch (CborException notEvenThat) {
            // The problem found before says where it stops to make sense.
        }
    }

    // ---- for the parts of an inspection -----------------------------------------------------------------------

    void problem(String what, int offset) {
        problems.add(new Problem(what, offset));
    }

    /** Where these bytes are among those inspected; 0 if they are not, as they were put together anew. */
    int offsetOf(Bytes part) {
        byte[] all = bytes.toArray();
        for (int from = 0; from + part.length() <= all.length; from++) {
            if (part.equalsRange(all, from, from + part.length())) {
                return from;
            }
        }
        return 0;
    }

    SignatureVerifier signatures() {
        return signatures;
    }

    /** In Unix seconds. */
    long now() {
        return now;
    }
}
