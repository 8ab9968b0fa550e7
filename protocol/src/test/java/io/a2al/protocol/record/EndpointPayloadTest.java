package io.a2al.protocol.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2al.protocol.Bytes;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointPayloadTest {

    private static EndpointPayload payload(int natCode, String signal, List<String> turns, List<String> signals) {
        return new EndpointPayload(Optional.of(List.of("quic://h:1")), natCode, signal, turns, signals);
    }

    private static EndpointPayload decode(String hex) throws InvalidRecordException {
        return EndpointPayload.decode(Bytes.fromHex(hex));
    }

    private static void assertWithin(EndpointPayload payload) throws InvalidRecordException {
        payload.checkLimits();
        assertThat(EndpointPayload.decode(payload.encode())).isEqualTo(payload);
    }

    private static void assertBeyond(EndpointPayload payload) {
        assertThatThrownBy(payload::checkLimits)
                .isInstanceOfSatisfying(
                        InvalidRecordException.class,
                        e -> assertThat(e.reason()).isEqualTo(InvalidRecordException.Reason.PAYLOAD));
        assertThatThrownBy(() -> EndpointPayload.decode(payload.encode())).isInstanceOf(InvalidRecordException.class);
    }

    @Test
    void everyFieldSurvives() throws Exception {
        EndpointPayload full = new EndpointPayload(
                Optional.of(List.of("quic://203.0.113.7:4121", "udp://[2001:db8::1]:4121")),
                NatType.SYMMETRIC.code(),
                "wss://signal.example",
                List.of("turn://turn.example:3478"),
                List.of("wss://signal.example", "wss://other.example"));
        assertWithin(full);
        assertThat(full.natType()).isEqualTo(NatType.SYMMETRIC);
        assertThat(full.endpoints()).hasSize(2);
    }

    @Test
    void limitsHoldExactly() throws Exception {
        assertWithin(payload(4, "", List.of(), List.of()));
        assertBeyond(payload(5, "", List.of(), List.of()));
        assertWithin(payload(0, "s".repeat(2048), List.of(), List.of()));
        assertBeyond(payload(0, "s".repeat(2049), List.of(), List.of()));
        assertWithin(payload(0, "", Collections.nCopies(16, "t".repeat(512)), List.of()));
        assertBeyond(payload(0, "", Collections.nCopies(17, "t"), List.of()));
        assertBeyond(payload(0, "", List.of("t".repeat(513)), List.of()));
        assertWithin(payload(0, "", List.of(), Collections.nCopies(8, "s".repeat(2048))));
        assertBeyond(payload(0, "", List.of(), Collections.nCopies(9, "s")));
        assertBeyond(payload(0, "", List.of(), List.of("s".repeat(2049))));
    }

    @Test
    void limitsCountBytes() throws Exception {
        assertWithin(payload(0, "é".repeat(1024), List.of(), List.of()));
        assertBeyond(payload(0, "é".repeat(1025), List.of(), List.of()));
        assertBeyond(payload(0, "", List.of("é".repeat(257)), List.of()));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 256})
    void codesThatTheWireCannotCarryAreRefusedAtOnce(int natCode) {
        assertThatThrownBy(() -> payload(natCode, "", List.of(), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nullAndEmptyListsStayDifferent() throws Exception {
        EndpointPayload none = new EndpointPayload(Optional.empty(), 0, "", List.of(), List.of());
        EndpointPayload empty = EndpointPayload.of(List.of());
        assertThat(none.encode().toHex()).isEqualTo("a201f60200");
        assertThat(empty.encode().toHex()).isEqualTo("a201800200");
        assertThat(decode("a201f60200")).isEqualTo(none).isNotEqualTo(empty);
        assertThat(decode("a201800200")).isEqualTo(empty);
        assertThat(none.endpoints()).isEmpty();
    }

    @Test
    void readersAreKind() throws Exception {
        EndpointPayload nothing = new EndpointPayload(Optional.empty(), 0, "", List.of(), List.of());
        assertThat(decode("a0")).isEqualTo(nothing);
        assertThat(decode("a501f602f603f604f605f6")).isEqualTo(nothing);
        assertThat(decode("a2182ff56178a0")).as("unknown keys").isEqualTo(nothing);
        assertThat(decode("a2020101816161"))
                .as("any order")
                .isEqualTo(EndpointPayload.of(List.of("a")).withNatType(NatType.FULL_CONE));
        assertThat(decode("a10181f6").endpoints()).as("null for a text").containsExactly("");
    }

    /** A payload of NAT type 1 with one endpoint, in the encodings of other CBOR libraries. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a2018161610201",
                "b80201816161021801", // not in shortest form
                "a301816161020102187f", // a key twice; the first value counts
                "a30181616102010261ff",
                "bf019f7f6161ffff0201ff", // indefinite lengths
                "d9d9f7a201d82081d82061610201", // tags
                "a201816161" + "02c24101", // an integer as a big number
                "a4018161610201" + "03f7" + "04f7", // undefined
                "a3018161610201" + "6178" + "61ff", // not UTF-8, but nothing that is read
                "a3018161610201" + "181f" + "f0",
                "a3018161610201" + "06" + "a2f6f6f6f6" // keys of other types, twice, where nothing is read
            })
    void whatOtherLibrariesWriteIsRead(String hex) throws Exception {
        assertThat(decode(hex)).isEqualTo(EndpointPayload.of(List.of("a")).withNatType(NatType.FULL_CONE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"f6", "f7", "d9d9f7f6", "bfff"})
    void aPayloadOfNullIsAnEmptyOne(String hex) throws Exception {
        assertThat(decode(hex)).isEqualTo(decode("a0"));
    }

    @Test
    void whatIsWrittenIsCanonical() throws Exception {
        assertThat(decode("bf020101817f6161ffff").encode().toHex()).isEqualTo("a2018161610201");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "80",
                "00",
                "a1",
                "a101", // not a map, or not a whole one
                "a000", // something after it
                "a10140",
                "a10161",
                "a1016161",
                "a1018101",
                "a101814161", // endpoints that are no list of texts
                "a10220",
                "a1026130",
                "a102190100",
                "a10205", // not a NAT type
                "a10361ff",
                "a10300", // not a signal URL
                "a1c20203", // a key with a tag
                "a161ff00", // a key that is no UTF-8
                "bf0200", // no end
                "bf02ff" // a key without a value
            })
    void anythingElseIsRefused(String hex) {
        assertThatThrownBy(() -> decode(hex))
                .isInstanceOfSatisfying(
                        InvalidRecordException.class,
                        e -> assertThat(e.reason()).isEqualTo(InvalidRecordException.Reason.PAYLOAD));
    }
}
