package io.a2al.protocol.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.mailbox.InvalidMailException;
import io.a2al.protocol.mailbox.MailboxFrame;
import io.a2al.protocol.testing.Fixtures;
import io.a2al.protocol.testing.Vectors;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExtrasVectorsTest {

    @Test
    void everyProfileAndFrameIsTheReferencesByteForByte() {
        Vectors.load("extras_v029.json").run(vector -> {
            switch (Vectors.text(vector, "kind")) {
                case "agent_profile" -> checkProfile(vector);
                case "mailbox_frame" -> checkFrame(vector);
                default -> throw new AssertionError("unknown kind");
            }
        });
    }

    private static void checkProfile(JsonNode vector) throws Exception {
        JsonNode fields = Vectors.field(vector, "fields");
        AgentProfilePayload payload = new AgentProfilePayload(
                Vectors.number(fields, "version"),
                Vectors.text(fields, "name"),
                Vectors.text(fields, "brief"),
                Vectors.texts(fields, "protocols").orElse(List.of()),
                Vectors.texts(fields, "skills").orElse(List.of()),
                Vectors.optionalHex(fields, "card_hash").orElse(Bytes.EMPTY),
                Vectors.texts(fields, "modalities").orElse(List.of()),
                Map.of());
        Bytes encoded = Vectors.hex(vector, "payload_cbor");
        assertThat(payload.encode()).isEqualTo(encoded);
        assertThat(encoded.length()).isEqualTo(Vectors.number(vector, "payload_length"));
        // Whatever the payload, the record is verified.
        SignedRecord record = SignedRecord.decode(Vectors.hex(vector, "record_cbor"));
        assertThat(record.payload()).contains(encoded);
        assertThat(Fixtures.recordVerifier().verify(record).authority()).isEqualTo(new Authority.SelfSigned());
        if (Vectors.bool(vector, "encode_ok")) {
            payload.checkLimits();
            assertThat(payload.exceedsAdvice()).isEqualTo(Vectors.bool(vector, "encode_warning"));
        } else {
            assertThatThrownBy(payload::checkLimits).isInstanceOf(InvalidRecordException.class);
        }
        if (Vectors.bool(vector, "parse_ok")) {
            assertThat(AgentProfilePayload.decode(encoded)).isEqualTo(payload);
        } else {
            assertThatThrownBy(() -> AgentProfilePayload.decode(encoded)).isInstanceOf(InvalidRecordException.class);
        }
    }

    private static void checkFrame(JsonNode vector) throws InvalidMailException {
        MailboxFrame frame = new MailboxFrame(Vectors.hex(vector, "msg_id"), Vectors.hex(vector, "record"));
        assertThat(frame.encode()).isEqualTo(Vectors.hex(vector, "frame"));
        assertThat(Vectors.bool(vector, "read_ok")).isTrue();
        assertThat(MailboxFrame.decode(Vectors.hex(vector, "frame"))).isEqualTo(frame);
    }
}
