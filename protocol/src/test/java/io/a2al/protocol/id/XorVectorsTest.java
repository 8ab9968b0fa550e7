package io.a2al.protocol.id;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.a2al.protocol.testing.Vectors;
import org.junit.jupiter.api.Test;

class XorVectorsTest {

    @Test
    void everyDistanceAndComparisonIsTheReferences() {
        Vectors.load("xor.json").run(vector -> {
            switch (Vectors.text(vector, "kind")) {
                case "distance" -> checkDistance(vector);
                case "less" -> checkLess(vector);
                default -> throw new AssertionError("unknown kind");
            }
        });
    }

    private static void checkDistance(JsonNode vector) {
        NodeId a = id(vector, "a");
        NodeId b = id(vector, "b");
        assertThat(a.distance(b)).isEqualTo(id(vector, "distance"));
        assertThat(b.distance(a)).isEqualTo(id(vector, "distance"));
        assertThat(a.commonPrefixLength(b)).isEqualTo(Vectors.number(vector, "common_prefix_len"));
        int bucket = a.equals(b) ? -1 : a.commonPrefixLength(b);
        assertThat(bucket).as("bucket").isEqualTo(Vectors.number(vector, "bucket_index"));
    }

    private static void checkLess(JsonNode vector) {
        NodeId a = id(vector, "a");
        NodeId b = id(vector, "b");
        NodeId target = id(vector, "target");
        assertThat(target.isNearer(a, b)).as("a closer").isEqualTo(Vectors.bool(vector, "a_closer"));
        assertThat(target.isNearer(b, a)).as("b closer").isEqualTo(Vectors.bool(vector, "b_closer"));
    }

    private static NodeId id(JsonNode vector, String field) {
        return NodeId.of(Vectors.hex(vector, field));
    }
}
