package io.a2al.protocol.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.testing.Vectors;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicVectorsTest {

    @Test
    void everyTopicKeyAndFilterIsTheReferences() {
        Vectors.load("topics.json").run(vector -> {
            switch (Vectors.text(vector, "kind")) {
                case "key" -> checkKey(vector);
                case "filter" -> checkFilter(vector);
                default -> throw new AssertionError("unknown kind");
            }
        });
    }

    private static void checkKey(JsonNode vector) {
        String topic = Vectors.text(vector, "topic");
        assertThat(Bytes.copyOf(topic.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(Vectors.hex(vector, "topic_utf8_hex"));
        assertThat(Topics.keyOf(topic).toBytes()).isEqualTo(Vectors.hex(vector, "key"));
    }

    private static void checkFilter(JsonNode vector) {
        JsonNode wanted = Vectors.field(vector, "filter");
        TopicFilter filter = wanted.isNull()
                ? TopicFilter.ALL
                : new TopicFilter(
                        Vectors.texts(wanted, "protocols").orElse(List.of()),
                        Vectors.texts(wanted, "tags").orElse(List.of()));
        List<Integer> passed = new ArrayList<>();
        for (JsonNode entry : Vectors.field(vector, "entries")) {
            TopicPayload payload = new TopicPayload(
                    1, "t", "", Vectors.texts(entry, "protocols"), Vectors.texts(entry, "tags"), "", Map.of());
            if (filter.matches(payload)) {
                passed.add(Vectors.number(entry, "id"));
            }
        }
        List<Integer> expected = new ArrayList<>();
        Vectors.field(vector, "expected_ids").forEach(id -> expected.add(id.intValue()));
        assertThat(passed).isEqualTo(expected);
    }
}
