package io.a2al.app.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.core.api.LookupReport;
import java.util.List;

/** JSON that several commands print. */
public final class Json {

    private Json() {}

    /** An empty object. */
    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** Returns a JSON array of texts. */
    public static ArrayNode texts(List<String> texts) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        texts.forEach(array::add);
        return array;
    }

    /** Returns a lookup report as JSON. */
    public static ObjectNode lookup(LookupReport report) {
        return object().put("asked", report.asked())
                .put("answered", report.answered())
                .put("hops", report.hops())
                .put("elapsed_ms", Texts.milliseconds(report.elapsed()))
                .put("complete", report.complete())
                .put("holders", report.holders().size())
                .put("agreeing", report.agreeing())
                .put("surrounded", report.surrounded());
    }
}
