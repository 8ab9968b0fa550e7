package io.a2al.protocol.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.cbor.CborValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicPayloadTest {

    private static TopicPayload named(String name) {
        return TopicPayload.of("t", name, List.of(), List.of());
    }

    private static void assertWithin(TopicPayload payload) throws InvalidRecordException {
        payload.checkLimits();
        assertThat(TopicPayload.decode(payload.encode())).isEqualTo(payload);
    }

    private static void assertBeyond(TopicPayload payload) {
        assertThatThrownBy(payload::checkLimits).isInstanceOf(InvalidRecordException.class);
        assertThatThrownBy(() -> TopicPayload.decode(payload.encode())).isInstanceOf(InvalidRecordException.class);
    }

    @Test
    void theSpecificationsExample() throws Exception {
        // wire.md 18
        TopicPayload payload = new TopicPayload(
                1,
                "ai/demo",
                "Demo",
                Optional.of(List.of("mcp")),
                Optional.of(List.of()),
                "hi",
                Map.of("b", CborValue.Int.of(1), "aa", new CborValue.Bool(true)));
        Bytes example = Bytes.fromHex("a70101026761692f64656d6f036444656d6f0481636d637005800662686907a2616201626161f5");
        assertThat(payload.encode()).isEqualTo(example);
        assertThat(TopicPayload.decode(example)).isEqualTo(payload);
        assertThat(Topics.keyOf("ai/demo").toHex())
                .isEqualTo("5d070b2d94147417d6a568a284e598f1a3c90c532960bea67942b3755d92c060");
    }

    @Test
    void thePayloadHasALimitInBytes() throws Exception {
        int rest = named("n".repeat(300)).encode().length() - 300;
        TopicPayload largest = named("n".repeat(TopicPayload.MAX_LENGTH - rest));
        assertThat(largest.encode().length()).isEqualTo(TopicPayload.MAX_LENGTH);
        assertWithin(largest);
        assertBeyond(named("n".repeat(TopicPayload.MAX_LENGTH - rest + 1)));
    }

    @Test
    void theBriefHasALimitInCodePoints() throws Exception {
        for (String character : List.of("a", "é", "界")) {
            assertWithin(named("").withBrief(character.repeat(140)));
            assertBeyond(named("").withBrief(character.repeat(141)));
        }
        // 110 characters outside the basic plane are 220 of Java's, yet within the limit.
        assertWithin(named("").withBrief("🚀".repeat(110)));
    }

    @Test
    void theTopicIsNotEmpty() {
        assertBeyond(TopicPayload.of("", "n", List.of(), List.of()));
    }

    @Test
    void nullAndEmptyListsStayDifferent() throws Exception {
        TopicPayload none = new TopicPayload(1, "t", "", Optional.empty(), Optional.empty(), "", Map.of());
        assertThat(none.encode().toHex()).isEqualTo("a60101026174036004f605f60660");
        assertThat(named("").encode().toHex()).isEqualTo("a601010261740360048005800660");
        assertWithin(none);
        assertWithin(named(""));
        assertThat(none).isNotEqualTo(named(""));
        assertThat(none.protocols()).isEmpty();
        assertThat(none.tags()).isEmpty();
    }

    @Test
    void versionZeroBecomesOne() throws Exception {
        assertThat(new TopicPayload(0, "t", "", Optional.empty(), Optional.empty(), "", Map.of()).version())
                .isEqualTo(1);
        assertThat(TopicPayload.decode(Bytes.fromHex("a1026174")).version()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 256})
    void versionsThatTheWireCannotCarryAreRefusedAtOnce(int version) {
        assertThatThrownBy(() -> new TopicPayload(version, "t", "", Optional.empty(), Optional.empty(), "", Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readersAreKind() throws Exception {
        TopicPayload expected = new TopicPayload(1, "t", "", Optional.empty(), Optional.empty(), "", Map.of());
        assertThat(TopicPayload.decode(Bytes.fromHex("a301f602617407f6"))).isEqualTo(expected);
        assertThat(TopicPayload.decode(Bytes.fromHex("a3182a810202617460f5"))).isEqualTo(expected);
        assertThat(TopicPayload.decode(Bytes.fromHex("a20360026174"))).isEqualTo(expected);
    }

    @Test
    void whatOtherLibrariesWriteIsRead() throws Exception {
        TopicPayload expected = new TopicPayload(
                2, "t", "", Optional.of(List.of("a", "")), Optional.empty(), "", Map.of("k", CborValue.Int.of(5)));
        String fields = "0102" + "026174" + "04826161f6" + "07a1616b05";
        assertThat(TopicPayload.decode(Bytes.fromHex("a4" + fields))).isEqualTo(expected);
        String same = "01190002" + "02c67f6174ff" + "026178" + "049f6161f7ff" + "07bf616b07616b1b0000000000000005ff"
                + "181e61ff";
        assertThat(TopicPayload.decode(Bytes.fromHex("bf" + same + "ff"))).isEqualTo(expected);
        assertThat(TopicPayload.decode(Bytes.fromHex("a4" + fields)).encode()).isEqualTo(expected.encode());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "f6",
                "80",
                "a0", // not a map, or one without a topic
                "a10260", // an empty topic
                "a102617400", // something after it
                "a1024174",
                "a10261", // not a text, not whole
                "a201190100026174", // version beyond its range
                "a202617407a10100", // meta with a key that is no text
                "a20261740780", // meta that is no map
                "a20261740661ff" // a brief that is no UTF-8
            })
    void anythingElseIsRefused(String hex) {
        assertThatThrownBy(() -> TopicPayload.decode(Bytes.fromHex(hex)))
                .isInstanceOfSatisfying(
                        InvalidRecordException.class,
                        e -> assertThat(e.reason()).isEqualTo(InvalidRecordException.Reason.PAYLOAD));
    }
}
