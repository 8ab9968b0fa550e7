package io.a2al.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.a2al.http.route.Router;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The OpenAPI document says what the routes do. DocumentedPathsTest compares it with answers. */
@Timeout(60)
class OpenApiTest {

    @TempDir
    private Path directory;

    private final Description description = new Description();

    @Test
    void everyPathMethodAndParameterIsDescribedAndNoOther() throws Exception {
        Map<String, Set<String>> routes = new TreeMap<>();
        try (TestNetwork network = new TestNetwork(1, directory);
                HttpApi api = HttpApi.start(
                        network.last(),
                        new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0),
                        HttpSettings.of(directory.resolve("api.token"), "1.2.3"))) {
            Router router = api.router();
            router.paths().forEach(path -> routes.put(path.replace("*}", "}"), router.queryOf(path)));
        }
        assertThat(description.operations()).isEqualTo(routes);
    }

    @Test
    void everyParameterOfAPathIsDescribed() {
        description.document().get("paths").properties().forEach(path -> {
            List<String> named = new ArrayList<>();
            path.getValue()
                    .forEach(operation -> operation.path("parameters").forEach(parameter -> {
                        if (parameter.get("in").asText().equals("path")) {
                            named.add("{" + parameter.get("name").asText() + "}");
                        }
                    }));
            assertThat(named).allSatisfy(name -> assertThat(path.getKey()).contains(name));
            assertThat(path.getKey().contains("{")).isEqualTo(!named.isEmpty());
        });
    }

    @Test
    void everyReferenceLeadsSomewhereAndEverySchemaIsUsed() {
        Set<String> used = new HashSet<>();
        references(description.document(), used);
        assertThat(used)
                .allSatisfy(reference -> assertThat(description
                                .document()
                                .at(reference.substring(1))
                                .isObject())
                        .as(reference)
                        .isTrue());
        description
                .document()
                .at("/components/schemas")
                .fieldNames()
                .forEachRemaining(name -> assertThat(used).contains("#/components/schemas/" + name));
    }

    private static void references(JsonNode node, Set<String> found) {
        if (node.has("$ref")) {
            found.add(node.get("$ref").asText());
        }
        node.forEach(child -> references(child, found));
    }
}
