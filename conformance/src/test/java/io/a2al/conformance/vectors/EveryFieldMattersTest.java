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
 * Changes every kind of field of the vectors in some cases: the runner has to notice at least once, or it would not
 * look at that field at all. keystore.json is left out, since each of its cases takes a second of work; its check is
 * plain.
 */
class EveryFieldMattersTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Places of one case in which a kind of field is changed, at most. */
    private static final int TRIES = 20;

    /** Names, and what vectors/README.md says not to compare. */
    private static final Pattern INFORMATIVE = Pattern.compile("[a-z_]*/name|.*/(note|go_error(_v0..)?)");

    /** Fields that nothing of ours depends on, by file. */
    private static final Map<VectorKind, Set<String>> NOT_LOOKED_AT = Map.of(
            // We take all that the vectors leave open here.
            VectorKind.ADDRESSES,
            Set.of("parse/may_reject"),
            // What the older generation says; what the text of the proof says, too.
            VectorKind.DELEGATION,
            Set.of("/chain", "/signed_message", "/verify[]/ok"),
            // Steps between, to find faults with; no API shows them, and what comes of them is compared.
            VectorKind.MAILBOX,
            Set.of(
                    "/intermediate/aes_key",
                    "/intermediate/ciphertext_and_tag",
                    "/intermediate/hkdf_info",
                    "/intermediate/hkdf_salt",
                    "/intermediate/plaintext_cbor",
                    "/may_reject"),
            // How the packets were made.
            VectorKind.MESSAGES_INVALID,
            Set.of("/category", "/flipped_byte", "/mask", "/signed_over"),
            // What the older generation says; lengths do not depend on a version of one byte.
            VectorKind.RECORDS,
            Set.of(
                    "newer/a_newer",
                    "newer/b_newer",
                    "sign/verify[]/result",
                    "topic_marshal/payload_fields/version",
                    "verify/verify[]/result"),
            // The NodeIDs are invented and belong to no address.
            VectorKind.ROUTING,
            Set.of("/nodes/*/address"),
            // A fault of the reference's that nobody is to repeat.
            VectorKind.STORE,
            Set.of("/ops[]/reference_records[]", "/reference_quirk"));

    private final Set<String> tried = new TreeSet<>();
    private final Set<String> noticed = new TreeSet<>();

    @ParameterizedTest
    @EnumSource(value = VectorKind.class, mode = EnumSource.Mode.EXCLUDE, names = "KEYSTORE")
    void aChangeIsNoticed(VectorKind kind) throws Exception {
        JsonNode root = JSON.readTree(VectorSuite.resource("vectors/" + kind.file()));
        for (JsonNode vector : root.get("cases")) {
            tryAll(kind, root, vector.deepCopy());
        }
        Set<String> unnoticed = new TreeSet<>(tried);
        unnoticed.removeAll(noticed);
        assertThat(unnoticed).isEqualTo(NOT_LOOKED_AT.getOrDefault(kind, Set.of()));
    }

    /** Changes every field of a case and puts it right again, one after the other. */
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

    /** Visits all values that are neither lists nor objects; the items of a list count as one kind of field. */
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

    /** Other values of the same form. */
    private static List<JsonNode> changes(JsonNode value) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (value) {
            case BooleanNode flag -> List.of(nodes.booleanNode(!flag.booleanValue()));
            case NumericNode number -> List.of(nodes.numberNode(number.longValue() + 1));
            case TextNode text
            when !text.textValue().isEmpty() ->
                List.of(
                        nodes.textNode(
                                withOther(text.textValue(), text.textValue().length() - 1)),
                        nodes.textNode(withOther(text.textValue(), 0)));
            default -> List.of(nodes.textNode("00"));
        };
    }

    private static String withOther(String text, int at) {
        return text.substring(0, at) + (text.charAt(at) == '1' ? '2' : '1') + text.substring(at + 1);
    }
}
