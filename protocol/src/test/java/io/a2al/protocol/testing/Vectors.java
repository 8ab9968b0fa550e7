package io.a2al.protocol.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.a2al.protocol.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One file of golden vectors from the class path; {@code vectors/README.md} explains the files. Runs a check on every
 * case, says on standard output how many cases really ran, and names each case that failed.
 */
public final class Vectors {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String file;
    private final JsonNode root;

    private Vectors(String file, JsonNode root) {
        this.file = file;
        this.root = root;
    }

    /** What a case has to pass; it must fail on a case that it does not know. */
    @FunctionalInterface
    public interface Check {
        /** Throws if the case fails. */
        void check(JsonNode vector) throws Exception;
    }

    /** Reads a file such as {@code messages.json}. */
    public static Vectors load(String file) {
        try (InputStream in = open("vectors/" + file)) {
            return new Vectors(file, JSON.readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The whole file, for fields beside the cases. */
    public JsonNode root() {
        return root;
    }

    /** All cases in the order of the file. */
    public List<JsonNode> cases() {
        List<JsonNode> cases = new ArrayList<>();
        root.get("cases").forEach(cases::add);
        return cases;
    }

    /** Runs {@code check} on every case of the file. */
    public void run(Check check) {
        run(ignored -> false, "", check);
    }

    /**
     * Runs {@code check} on every case of the file but those that {@code leftOut} names.
     *
     * @param reason why they are left out, for the printed line
     */
    public void run(Predicate<JsonNode> leftOut, String reason, Check check) {
        int ran = 0;
        int omitted = 0;
        List<String> failures = new ArrayList<>();
        for (JsonNode vector : cases()) {
            if (leftOut.test(vector)) {
                omitted++;
                continue;
            }
            try {
                check.check(vector);
            } catch (Exception | AssertionError e) {
                failures.add(name(vector) + ": " + e);
            }
            ran++;
        }
        int passed = ran - failures.size();
        System.out.println("vectors " + file + ": " + root.get("cases").size() + " cases, " + passed + " passed"
                + (failures.isEmpty() ? "" : ", " + failures.size() + " failed")
                + (omitted == 0 ? "" : ", " + omitted + " left out: " + reason));
        if (!failures.isEmpty()) {
            throw new AssertionError(
                    failures.size() + " cases of " + file + " failed:\n" + String.join("\n", failures));
        }
        if (ran == 0 || passed + omitted != root.get("cases").size()) {
            throw new AssertionError(file + " has " + root.get("cases").size() + " cases, but " + ran + " ran");
        }
    }

    /** A text file from the class path. */
    public static String text(String path) {
        try (InputStream in = open(path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String path) throws IOException {
        InputStream in = Vectors.class.getClassLoader().getResourceAsStream(path);
        if (in == null) {
            throw new IOException("not on the class path: " + path);
        }
        return in;
    }

    // ---- reading a case ---------------------------------------------------------------------------------------

    /** The name of a case. */
    public static String name(JsonNode vector) {
        return vector.get("name").asText();
    }

    /** The field, which must be there; it may be null. */
    public static JsonNode field(JsonNode node, String field) {
        JsonNode value = node.get(field);
        if (value == null) {
            throw new IllegalArgumentException("no field " + field + " in " + node);
        }
        return value;
    }

    /** A hexadecimal field. */
    public static Bytes hex(JsonNode node, String field) {
        return hex(field(node, field));
    }

    /** A hexadecimal value. */
    public static Bytes hex(JsonNode value) {
        if (!value.isTextual()) {
            throw new IllegalArgumentException("not hexadecimal: " + value);
        }
        return Bytes.fromHex(value.textValue());
    }

    /** A hexadecimal field that may be null or absent, which is not the same as zero octets. */
    public static Optional<Bytes> optionalHex(JsonNode node, String field) {
        return node.hasNonNull(field) ? Optional.of(hex(node, field)) : Optional.empty();
    }

    /** A decimal string as the 64 bits of an unsigned number. */
    public static long u64(JsonNode node, String field) {
        return Long.parseUnsignedLong(text(node, field));
    }

    /** A number that must be one. */
    public static int number(JsonNode node, String field) {
        JsonNode value = field(node, field);
        if (!value.canConvertToInt()) {
            throw new IllegalArgumentException(field + " is not a number: " + value);
        }
        return value.intValue();
    }

    /** A number beyond the signed 32-bit range, such as a time to live. */
    public static long longNumber(JsonNode node, String field) {
        JsonNode value = field(node, field);
        if (!value.isIntegralNumber()) {
            throw new IllegalArgumentException(field + " is not a number: " + value);
        }
        return value.longValue();
    }

    /** A text field. */
    public static String text(JsonNode node, String field) {
        JsonNode value = field(node, field);
        if (!value.isTextual()) {
            throw new IllegalArgumentException(field + " is not a text: " + value);
        }
        return value.textValue();
    }

    /** A boolean field. */
    public static boolean bool(JsonNode node, String field) {
        JsonNode value = field(node, field);
        if (!value.isBoolean()) {
            throw new IllegalArgumentException(field + " is not a boolean: " + value);
        }
        return value.booleanValue();
    }

    /** True if a flag is there and set. */
    public static boolean flag(JsonNode node, String field) {
        return node.has(field) && bool(node, field);
    }

    /** A list of texts; null is nothing, which differs from an empty list. */
    public static Optional<List<String>> texts(JsonNode node, String field) {
        if (!node.hasNonNull(field)) {
            return Optional.empty();
        }
        List<String> texts = new ArrayList<>();
        node.get(field).forEach(item -> texts.add(item.textValue()));
        return Optional.of(texts);
    }
}
