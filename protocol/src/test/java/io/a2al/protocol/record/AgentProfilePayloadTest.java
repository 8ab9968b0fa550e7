package io.a2al.protocol.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.cbor.CborValue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgentProfilePayloadTest {

    private static final AgentProfilePayload EMPTY = AgentProfilePayload.of("", List.of(), List.of());

    /** A payload of exactly this many bytes, from 260 on. */
    private static AgentProfilePayload ofLength(int bytes) {
        return EMPTY.withBrief("b".repeat(bytes - 7));
    }

    @Test
    void everyFieldSurvives() throws Exception {
        AgentProfilePayload payload = new AgentProfilePayload(
                7,
                "n",
                "b",
                List.of("p"),
                List.of("s", ""),
                Bytes.fromHex("c0ffee"),
                List.of("m"),
                Map.of("bb", CborValue.Int.of(1), "a", new CborValue.Null()));
        assertThat(payload.encode().toHex())
                .isEqualTo("a80107" + "02616e" + "036162" + "04816170" + "0582617360" + "0643c0ffee" + "0881616d"
                        + "09a26161f662626201");
        assertThat(AgentProfilePayload.decode(payload.encode()))
                .isEqualTo(payload)
                .hasSameHashCodeAs(payload);
    }

    @Test
    void whatIsEmptyIsLeftOutAndNullIsRead() throws Exception {
        assertThat(EMPTY.encode().toHex()).isEqualTo("a10101");
        for (String hex : List.of("a0", "a10101", "a10100", "a401f602f605f609f6", "a2010107f5")) {
            assertThat(AgentProfilePayload.decode(Bytes.fromHex(hex))).as(hex).isEqualTo(EMPTY);
        }
    }

    @Test
    void thePayloadHasALimitAndAnAdvice() throws Exception {
        assertThat(ofLength(350).encode().length()).isEqualTo(350);
        assertThat(ofLength(350).exceedsAdvice()).isFalse();
        assertThat(ofLength(351).exceedsAdvice()).isTrue();
        AgentProfilePayload largest = ofLength(AgentProfilePayload.MAX_LENGTH);
        largest.checkLimits();
        assertThat(AgentProfilePayload.decode(largest.encode())).isEqualTo(largest);
        AgentProfilePayload larger = ofLength(AgentProfilePayload.MAX_LENGTH + 1);
        assertThatThrownBy(larger::checkLimits)
                .isInstanceOf(InvalidRecordException.class)
                .hasMessageContaining("701")
                .hasMessageContaining("700");
        assertThatThrownBy(() -> AgentProfilePayload.decode(larger.encode()))
                .isInstanceOf(InvalidRecordException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 256})
    void versionsThatTheWireCannotCarryAreRefusedAtOnce(int version) {
        assertThatThrownBy(() -> new AgentProfilePayload(
                        version, "", "", List.of(), List.of(), Bytes.EMPTY, List.of(), Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "80",
                "a1",
                "a1010100",
                "a20101",
                "a1024161",
                "a10361ff",
                "a10461",
                "a10600",
                "a1056161",
                "a10880f6",
                "a1098100",
                "a109a10000",
                "a101190100"
            })
    void anythingElseIsRefused(String hex) {
        assertThatThrownBy(() -> AgentProfilePayload.decode(Bytes.fromHex(hex)))
                .isInstanceOfSatisfying(
                        InvalidRecordException.class,
                        e -> assertThat(e.reason()).isEqualTo(InvalidRecordException.Reason.PAYLOAD));
    }
}
