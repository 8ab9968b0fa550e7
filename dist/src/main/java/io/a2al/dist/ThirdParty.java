package io.a2al.dist;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The list of other projects' libraries in the image, with their licences, from the software bill of materials. */
final class ThirdParty {

    private static final String OWN_GROUP = "io.a2al";

    private ThirdParty() {}

    /**
     * Returns the text, in the order of the names.
     *
     * @param sbom a bill of materials of CycloneDX
     * @throws IllegalArgumentException if a library has no licence
     */
    static String text(JsonNode sbom) {
        List<String> lines = new ArrayList<>();
        for (JsonNode component : sbom.path("components")) {
            if (!component.path("group").asText().equals(OWN_GROUP)) {
                lines.add(line(component));
            }
        }
        return "Libraries of other projects in lib, with their licences. The texts are in the jars.\n"
                + "Those of the Java runtime are in runtime/legal.\n\n"
                + lines.stream().sorted().collect(Collectors.joining("\n"))
                + "\n";
    }

    private static String line(JsonNode component) {
        String name = component.path("group").asText() + ":"
                + component.path("name").asText() + ":"
                + component.path("version").asText();
        List<String> licences = new ArrayList<>();
        for (JsonNode choice : component.path("licenses")) {
            JsonNode licence = choice.path("license");
            licences.add(choice.path("expression")
                    .asText(licence.path("id").asText(licence.path("name").asText())));
        }
        licences.removeIf(String::isEmpty);
        if (licences.isEmpty()) {
            throw new IllegalArgumentException(name + " states no licence; look at it before it is passed on");
        }
        return name + ": " + String.join(", ", licences);
    }
}
