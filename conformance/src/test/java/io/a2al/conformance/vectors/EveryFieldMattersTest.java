package io.a2al.conformance.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NumericNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Changes every kind of field of the vectors in some cases. At least one of the changes must fail the case; otherwise
 * the runner does not check that field at all. keystore.json is excluded, because each of its cases takes a second of
 * computation, and its check is simple.
 */
class EveryFieldMattersTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Maximum number of places of one case at which a kind of field is changed. */
    private static final int TRIES = 20;

    /** Names, and fields that need not be compared according to vectors/README.md. */
    private static final Pattern INFORMATIVE = Pattern.compile("[a-z_]*/name|.*/(note|go_error(_v0..)?)");

    /** Fields on which no check depends, by file. */
    private static final Map<VectorKind, Set<String>> NOT_CHECKED = Map.of(
            // This implementation accepts all texts whose verdict is open.
            VectorKind.ADDRESSES,
            Set.of("parse/may_reject"),
            // Verdicts of v0.1.5, and values that the text of the proof contains, too.
            VectorKind.DELEGATION,
            Set.of("/chain", "/signed_message", "/verify[]/ok"),
            // Intermediate values for debugging. No API returns them, and the final values are compared.
            VectorKind.MAILBOX,
            Set.of(
                    "/intermediate/aes_key",
                    "/intermediate/ciphertext_and_tag",
                    "/intermediate/hkdf_info",
                    "/intermediate/hkdf_salt",
                    "/intermediate/plaintext_cbor",
                    "/may_reject"),
            // Information on how the packets were made.
            VectorKind.MESSAGES_INVALID,
            Set.of("/category", "/flipped_byte", "/mask", "/signed_over"),
            // Verdicts of v0.1.5, a version of one byte, on which no length depends, and open verdicts, all accepted.
            VectorKind.RECORDS,
            Set.of(
                    "newer/a_newer",
                    "newer/b_newer",
                    "sign/may_reject",
                    "sign/verify[]/result",
                    "topic_marshal/payload_fields/version",
                    "verify/verify[]/result"),
            // The NodeIDs do not match any address.
            VectorKind.ROUTING,
            Set.of("/nodes/*/address"),
            // A defect of the reference implementation, which this implementation does not have.
            VectorKind.STORE,
            Set.of("/ops[]/reference_records[]", "/reference_quirk"));

    private final Set<String> tried = new TreeSet<>();
    private final Set<String> noticed = new TreeSet<>();

    @ParameterizedTest
    @EnumSource(value = VectorKind.class, mode = EnumSource.Mode.EXCLUDE, names = "KEYSTORE")
    void changedFieldFailsTheCase(VectorKind kind) throws Exception {
        JsonNode root = JSON.readTree(VectorSuite.resource("vectors/" + kind.file()));
        for (JsonNode vector : root.get("cases")) {
            tryAll(kind, root, vector.deepCopy());
        }
        Set<String> unnoticed = new TreeSet<>(tried);
        unnoticed.removeAll(noticed);
        assertThat(unnoticed).isEqualTo(NOT_CHECKED.getOrDefault(kind, Set.of()));
    }

    /** Changes and restores every field of a case, one at a time. */
    private void tryAll(VectorKind kind, JsonNode root, ObjectNode vector) {
        Map<String, Integer> tries = new LinkedHashMap<>();
        walk(vector, vector.path("kind").asText(), (field, leaf) -> {
            if (INFORMATIVE.matcher(field).matches()
                    || noticed.contains(field)
                    || tries.merge(field, 1, Integer::sum) > TRIES) {
                return;
            }
            tried.add(field);
            for (JsonNode other : changes(leaf.value())) {
                leaf.set(other);
                if (!noticed.contains(field) && isNoticed(kind, root, vector)) {
                    noticed.add(field);
                }
            }
            leaf.set(leaf.value());
        });
    }

    private static boolean isNoticed(VectorKind kind, JsonNode root, ObjectNode changed) {
        ObjectNode file = JsonNodeFactory.instance.objectNode();
        root.properties().forEach(field -> file.set(field.getKey(), field.getValue()));
        file.putArray("cases").add(changed);
        try {
            FileResult result = VectorRunner.run(kind, VectorFile.of(kind.file(), file));
            return !result.cases().getFirst().outcome().isPassed();
        } catch (MalformedVectorException malformed) {
            return true;
        }
    }

    // ---- changing ---------------------------------------------------------------------------------------------

    private record Leaf(JsonNode value, Consumer<JsonNode> setter) {
        void set(JsonNode other) {
            setter.accept(other);
        }
    }

    private interface Visitor {
        void visit(String field, Leaf leaf);
    }

    /** Visits all values that are neither lists nor objects. All items of a list have the same path. */
    private static void walk(JsonNode node, String path, Visitor visitor) {
        if (node instanceof ObjectNode object) {
            for (String name :
                    object.properties().stream().map(Map.Entry::getKey).toList()) {
                // Labels of nodes are names, not kinds of fields.
                String shown = path.endsWith("/nodes") ? "*" : name;
                step(object.get(name), path + "/" + shown, value -> object.set(name, value), visitor);
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                int index = i;
                step(array.get(i), path + "[]", value -> array.set(index, value), visitor);
            }
        }
    }

    private static void step(JsonNode value, String path, Consumer<JsonNode> setter, Visitor visitor) {
        if (value.isContainerNode()) {
            walk(value, path, visitor);
        } else {
            visitor.visit(path, new Leaf(value, setter));
        }
    }

    /** Returns other values of the same form. */
    private static List<JsonNode> changes(JsonNode value) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (value) {
            case BooleanNode flag -> List.of(nodes.booleanNode(!flag.booleanValue()));
            case NumericNode number -> List.of(nodes.numberNode(number.longValue() + 1));
            case TextNode text
            when !text.textValue().isEmpty() ->
                List.of(
                        nodes.textNode(withOtherCharacter(
                                text.textValue(), text.textValue().length() - 1)),
                        nodes.textNode(withOtherCharacter(text.textValue(), 0)));
            default -> List.of(nodes.textNode("00"));
        };
    }

    private static String withOtherCharacter(String text, int at) {
        return text.substring(0, at) + (text.charAt(at) == '1' ? '2' : '1') + text.substring(at + 1);
    }
}
