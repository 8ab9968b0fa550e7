package io.a2al.protocol.cbor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.testing.TestResources;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** All examples of RFC 8949, appendix A; {@code standards/cbor.txt} says which we take. */
class Rfc8949Test {

    @Test
    void everyExampleIsTakenOrRefusedAsWritten() throws CborException {
        int checked = 0;
        for (String line : TestResources.text("standards/cbor.txt").lines().toList()) {
            if (line.startsWith("#")) {
                continue;
            }
            String[] words = line.split(" ", 3);
            Bytes encoded = Bytes.fromHex(words[1]);
            switch (words[0]) {
                case "take" ->
                    assertThat(written(checkedValue(encoded, words[2]))).isEqualTo(encoded);
                case "shorten" ->
                    assertThat(written(checkedValue(encoded, words[2])).length())
                            .isLessThan(encoded.length());
                case "refuse" -> {
                    assertThatThrownBy(() -> read(encoded)).as(line).isInstanceOf(CborException.class);
                    assertThatThrownBy(() -> skip(encoded)).as(line).isInstanceOf(CborException.class);
                }
                default -> throw new AssertionError("no verdict: " + line);
            }
            checked++;
        }
        assertThat(checked).isEqualTo(81);
    }

    private static CborValue checkedValue(Bytes encoded, String diagnostic) throws CborException {
        CborValue value = read(encoded);
        skip(encoded);
        if (value instanceof CborValue.Floating) {
            assertThat(value).isEqualTo(new CborValue.Floating(Double.parseDouble(diagnostic)));
        } else {
            assertThat(diagnostic(value)).isEqualTo(diagnostic);
        }
        return value;
    }

    private static Bytes written(CborValue value) {
        CborWriter writer = new CborWriter(0);
        writer.value(value);
        return writer.toBytes();
    }

    private static CborValue read(Bytes encoded) throws CborException {
        CborReader reader = CborReader.of(encoded);
        CborValue value = reader.value();
        reader.expectEnd();
        return value;
    }

    private static void skip(Bytes encoded) throws CborException {
        CborReader reader = CborReader.of(encoded);
        reader.skip();
        reader.expectEnd();
    }

    /** Diagnostic notation (RFC 8949, section 8) of what the examples have. */
    private static String diagnostic(CborValue value) {
        return switch (value) {
            case CborValue.Null() -> "null";
            case CborValue.Bool(var flag) -> String.valueOf(flag);
            case CborValue.Int(var number) -> number.toString();
            case CborValue.Floating(var number) -> String.valueOf(number);
            case CborValue.Text(var text) -> "\"" + escaped(text) + "\"";
            case CborValue.Binary(var bytes) -> "h'" + bytes.toHex() + "'";
            case CborValue.Sequence(var items) ->
                items.stream().map(Rfc8949Test::diagnostic).collect(Collectors.joining(", ", "[", "]"));
            case CborValue.Dictionary(var entries) ->
                entries.entrySet().stream()
                        .map(entry -> diagnostic(entry.getKey()) + ": " + diagnostic(entry.getValue()))
                        .sorted()
                        .collect(Collectors.joining(", ", "{", "}"));
        };
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                escaped.append('\\').append(c);
            } else if (c < 0x7f) {
                escaped.append(c);
            } else {
                escaped.append("\\u%04x".formatted((int) c));
            }
        }
        return escaped.toString();
    }
}
