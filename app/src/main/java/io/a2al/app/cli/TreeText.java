package io.a2al.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Writes a JSON tree as indented lines for people. Stateless. */
public final class TreeText {

    private static final String STEP = "  ";

    private TreeText() {}

    /** One line per field; each level is indented by two blanks. */
    public static void print(Output output, ObjectNode tree) {
        print(output, tree, "");
    }

    private static void print(Output output, ObjectNode tree, String indent) {
        for (Map.Entry<String, JsonNode> field : tree.properties()) {
            print(output, indent + Output.printable(field.getKey().replace('_', ' ')), field.getValue(), indent);
        }
    }

    private static void print(Output output, String label, JsonNode value, String indent) {
        switch (value) {
            case ObjectNode object -> {
                output.line(label);
                print(output, object, indent + STEP);
            }
            case ArrayNode array
            when !array.isEmpty() -> {
                for (int i = 0; i < array.size(); i++) {
                    print(output, label + " " + (i + 1) + " of " + array.size(), array.get(i), indent);
                }
            }
            case ArrayNode empty -> output.line(label, "none");
            default -> output.line(label, value.isNull() ? "null" : value.asText());
        }
    }
}
