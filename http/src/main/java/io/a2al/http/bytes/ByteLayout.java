package io.a2al.http.bytes;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.protocol.Bytes;
import java.nio.charset.StandardCharsets;

/**
 * Where each CBOR value is among the bytes, whatever its meaning. Reads as far as the bytes are well-formed, at most
 * {@value #MAX_VALUES} values. Not thread-safe.
 */
final class ByteLayout {

    /** Values that are listed at most; a datagram has far fewer. */
    static final int MAX_VALUES = 4096;

    private static final int MAX_DEPTH = 32;

    private static final int BYTES = 2;
    private static final int TEXT = 3;
    private static final int ARRAY = 4;
    private static final int MAP = 5;
    private static final int TAG = 6;
    private static final String[] TYPES = {"unsigned", "negative", "bytes", "text", "array", "map", "tag", "simple"};

    /** Lowest additional information that says that the argument is in the following bytes. */
    private static final int ARGUMENT_FOLLOWS = 24;

    /** Lowest additional information that is not allowed, or stands for an indefinite length. */
    private static final int NO_ARGUMENT = 28;

    private final Bytes bytes;
    private final ArrayNode values = JsonNodeFactory.instance.arrayNode();
    private int position;

    private ByteLayout(Bytes bytes) {
        this.bytes = bytes;
    }

    /**
     * Returns the values in the order of the bytes, as {@code {"path":"/1/0","type":"bytes","from":2,"to":10}}: the
     * keys and indexes that lead there, and the first byte and the one after the last. Keys of maps are not listed.
     */
    static ArrayNode of(Bytes bytes) {
        ByteLayout layout = new ByteLayout(bytes);
        boolean _ = layout.read("", 0);
        return layout.values;
    }

    /** Reads one value; returns false if that cannot be gone on with. */
    private boolean read(String path, int depth) {
        int from = position;
        if (from >= bytes.length() || depth > MAX_DEPTH || values.size() >= MAX_VALUES) {
            return false;
        }
        int major = bytes.at(from) >> 5;
        ObjectNode value =
                values.addObject().put("path", path).put("type", TYPES[major]).put("from", from);
        long argument = head();
        boolean whole = argument >= 0
                && switch (major) {
                    case BYTES, TEXT -> skip(argument);
                    case ARRAY -> items(path, depth, argument);
                    case MAP -> entries(path, depth, argument);
                    case TAG -> read(path + "/tag", depth + 1);
                    default -> true;
                };
        if (whole) {
            value.put("to", position);
        }
        return whole;
    }

    /** Reads type and argument; returns -1 if there is none, or if it exceeds what a length can be. */
    private long head() {
        int additional = bytes.at(position++) & 0x1f;
        if (additional < ARGUMENT_FOLLOWS) {
            return additional;
        }
        int length = 1 << (additional - ARGUMENT_FOLLOWS);
        if (additional >= NO_ARGUMENT || position + length > bytes.length()) {
            return -1;
        }
        long argument = 0;
        for (int i = 0; i < length; i++) {
            argument = argument << Byte.SIZE | bytes.at(position++);
        }
        // A large number is not a length; as a number it does not matter.
        return Math.max(argument, 0);
    }

    private boolean skip(long length) {
        if (length > bytes.length() - position) {
            return false;
        }
        position += (int) length;
        return true;
    }

    private boolean items(String path, int depth, long count) {
        for (long i = 0; i < count; i++) {
            if (!read(path + "/" + i, depth + 1)) {
                return false;
            }
        }
        return true;
    }

    private boolean entries(String path, int depth, long count) {
        for (long i = 0; i < count; i++) {
            String key = key();
            if (key.isEmpty() || !read(path + "/" + key, depth + 1)) {
                return false;
            }
        }
        return true;
    }

    /** Reads a key that is a number or a text; returns an empty text for others. */
    private String key() {
        if (position >= bytes.length()) {
            return "";
        }
        int major = bytes.at(position) >> 5;
        long argument = head();
        if (argument < 0) {
            return "";
        }
        return switch (major) {
            case 0 -> Long.toString(argument);
            case 1 -> Long.toString(-1 - argument);
            case TEXT -> text(argument);
            default -> "";
        };
    }

    private String text(long length) {
        int from = position;
        return skip(length) ? new String(bytes.slice(from, position).toArray(), StandardCharsets.UTF_8) : "";
    }
}
