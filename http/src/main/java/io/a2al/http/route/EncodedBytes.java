package io.a2al.http.route;

import io.a2al.protocol.Bytes;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;

/** Bytes in a request: {@code data}, in the {@code encoding} hex or base64. Stateless and thread-safe. */
public final class EncodedBytes {

    /** The members that say them. */
    public static final Set<String> MEMBERS = Set.of("data", "encoding");

    private EncodedBytes() {}

    /**
     * Reads them; white space does not count.
     *
     * @param most bytes that there may be
     * @throws ApiException if there are none, or too many, or they are not in that encoding
     */
    public static Bytes read(JsonFields fields, int most) throws ApiException {
        String digits = fields.requiredText("data").replaceAll("\\s", "");
        String encoding = fields.text("encoding").orElse("hex");
        byte[] data;
        try {
            data = switch (encoding) {
                case "hex" -> HexFormat.of().parseHex(digits);
                case "base64" -> Base64.getDecoder().decode(digits);
                default ->
                    throw ApiException.invalid(
                            fields.nameOf("encoding") + ": \"" + encoding + "\" is not known; choose hex or base64");
            };
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid(fields.nameOf("data") + ": not in " + encoding + "; give "
                    + (encoding.equals("hex") ? "two digits for each byte" : "the standard alphabet, with = at the end")
                    + ", or another encoding");
        }
        if (data.length == 0 || data.length > most) {
            throw ApiException.invalid(fields.nameOf("data") + ": " + data.length + " bytes; give 1 to " + most);
        }
        return Bytes.copyOf(data);
    }
}
