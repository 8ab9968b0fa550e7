package io.a2al.protocol.testing;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.a2al.protocol.Bytes;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** Looks for a secret in all that is commonly made of an object when it is to be shown. */
public final class SecretSearch {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** One that goes on where the plain one gives up. */
    private static final ObjectMapper LENIENT_JSON = JsonMapper.builder()
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .disable(MapperFeature.REQUIRE_HANDLERS_FOR_JAVA8_OPTIONALS)
            .build();

    private SecretSearch() {}

    /** Everything that is commonly made of an object when it is to be shown. */
    private static List<String> textsOf(Object object) {
        List<String> texts = new ArrayList<>();
        texts.add(object.toString());
        for (ObjectMapper mapper : List.of(JSON, LENIENT_JSON)) {
            // What was written before a refusal was shown, too.
            StringWriter written = new StringWriter();
            try (JsonGenerator generator = mapper.createGenerator(written)) {
                mapper.writeValue(generator, object);
            } catch (IOException refused) {
                texts.add(String.valueOf(refused.getMessage()));
            }
            texts.add(written.toString());
        }
        if (object instanceof Throwable thrown) {
            StringWriter trace = new StringWriter();
            thrown.printStackTrace(new PrintWriter(trace));
            texts.add(trace.toString());
        }
        return texts;
    }

    /** The secret in every form; within Base64 of something longer it may begin at any of three places. */
    private static List<String> formsOf(Bytes secret) {
        List<String> forms = new ArrayList<>();
        String hex = secret.toHex();
        forms.add(hex.substring(0, 24));
        forms.add(hex.substring(hex.length() - 24));
        for (int lead = 0; lead < 3; lead++) {
            byte[] framed = Bytes.zeros(lead).concat(secret).toArray();
            for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
                forms.add(encoder.encodeToString(framed).substring(4, 28));
            }
        }
        byte[] beginning = Arrays.copyOf(secret.toArray(), 8);
        String list = Arrays.toString(beginning);
        forms.add(list.substring(1, list.length() - 1));
        forms.add(list.substring(1, list.length() - 1).replace(" ", ""));
        forms.add(new String(secret.toArray(), StandardCharsets.ISO_8859_1).substring(0, 8));
        return forms;
    }

    /** True if the text form of an object, its JSON, or its stack trace shows the secret in any usual form. */
    public static boolean shows(Object object, Bytes secret) {
        for (String text : textsOf(object)) {
            for (String form : formsOf(secret)) {
                if (text.contains(form) || text.toLowerCase(Locale.ROOT).contains(form)) {
                    return true;
                }
            }
        }
        return false;
    }
}
