package io.a2al.conformance.vectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A file of golden vectors: cases with unique names, and possibly further fields. Immutable. */
final class VectorFile {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Fields root;
    private final List<Fields> cases;

    private VectorFile(Fields root, List<Fields> cases) {
        this.root = root;
        this.cases = cases;
    }

    static VectorFile read(VectorSource source) throws MalformedVectorException {
        try {
            return of(source.name(), JSON.readTree(source.content().read()));
        } catch (JsonProcessingException e) {
            String where =
                    e.getLocation() == null ? "" : " in line " + e.getLocation().getLineNr();
            throw new MalformedVectorException(
                    source.name(), Optional.empty(), "not JSON" + where + ": " + withoutSource(e));
        } catch (IOException e) {
            throw new MalformedVectorException(source.name(), Optional.empty(), "cannot be read: " + e.getMessage());
        }
    }

    /** Returns the parser's message without the remark about the start of an object, which is in the parser's terms. */
    private static String withoutSource(JsonProcessingException e) {
        String message = e.getOriginalMessage();
        int remark = message.indexOf(" (start marker at ");
        return remark < 0 ? message : message.substring(0, remark);
    }

    static VectorFile of(String name, JsonNode root) throws MalformedVectorException {
        Fields fields = Fields.ofFile(name, root);
        List<Fields> cases = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Fields vector : fields.objects("cases")) {
            Fields named = vector.asCase();
            if (!names.add(named.caseName())) {
                throw named.malformed("name", "duplicate");
            }
            cases.add(named);
        }
        return new VectorFile(fields, List.copyOf(cases));
    }

    /** Returns the name of the file. */
    String name() {
        return root.file();
    }

    /** Returns the root object of the file, for the fields beside the cases. */
    Fields root() {
        return root;
    }

    /** Returns all cases, in the order of the file. */
    List<Fields> cases() {
        return cases;
    }
}
