package io.a2al.conformance.vectors;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.record.TopicFilter;
import io.a2al.protocol.record.TopicPayload;
import io.a2al.protocol.record.Topics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Checks topics.json: the keys of topics, and the entries that match a filter. */
final class TopicCheck implements FileCheck {

    @Override
    public Outcome check(Fields vector) throws MismatchException, UnsupportedCaseException, MalformedVectorException {
        return switch (vector.text("kind")) {
            case "key" -> key(vector);
            case "filter" -> filter(vector);
            case String other -> throw new UnsupportedCaseException("unknown kind " + other);
        };
    }

    private static Outcome key(Fields vector) throws MismatchException, MalformedVectorException {
        String topic = vector.text("topic");
        Expect.equal("topic", vector.hex("topic_utf8_hex"), Bytes.copyOf(topic.getBytes(StandardCharsets.UTF_8)));
        Expect.equal("key", vector.hex("key"), Topics.keyOf(topic).toBytes());
        return new Outcome.Passed();
    }

    private static Outcome filter(Fields vector) throws MismatchException, MalformedVectorException {
        TopicFilter filter = vector.hasValue("filter") ? filterOf(vector.object("filter")) : TopicFilter.ALL;
        List<Integer> matching = new ArrayList<>();
        for (Fields entry : vector.objects("entries")) {
            TopicPayload payload =
                    new TopicPayload(1, "t", "", entry.texts("protocols"), entry.texts("tags"), "", Map.of());
            if (filter.matches(payload)) {
                matching.add(entry.number("id"));
            }
        }
        Expect.equal("matching entries", vector.numbers("expected_ids"), matching);
        return new Outcome.Passed();
    }

    private static TopicFilter filterOf(Fields filter) throws MalformedVectorException {
        return new TopicFilter(
                filter.texts("protocols").orElse(List.of()),
                filter.texts("tags").orElse(List.of()));
    }
}
