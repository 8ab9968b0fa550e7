package io.a2al.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.dht.transport.Endpoints;
import io.a2al.protocol.record.EndpointPayload;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs the lines of docs/http.md, in their order, against a node in a small network. */
@Timeout(120)
class DocumentedPathsTest {

    private static final Path DOCUMENT = Path.of("../docs/http.md");
    private static final Pattern HEADING = Pattern.compile("### ([A-Z]+ /\\S*)");

    @TempDir
    private Path directory;

    /** Returns all lines with curl; one that ends with a backslash goes on in the next. */
    private static List<String> curlLines() throws IOException {
        Matcher lines = Pattern.compile("(?m)^curl (?:.*\\\\\\n)*.*$").matcher(Files.readString(DOCUMENT));
        return lines.results()
                .map(line -> line.group().replaceAll("\\\\\\n\\s*", ""))
                .toList();
    }

    @Test
    void everyPathIsDocumentedAndNoOther() throws IOException {
        List<String> headings = Files.readAllLines(DOCUMENT).stream()
                .map(HEADING::matcher)
                .filter(Matcher::matches)
                .map(heading -> heading.group(1))
                .toList();
        try (TestNetwork network = new TestNetwork(1, directory);
                HttpApi api = start(network)) {
            assertThat(headings)
                    .containsExactlyInAnyOrderElementsOf(api.router().paths().stream()
                            .map(path -> path.replace("*}", "}"))
                            .toList());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private HttpApi start(TestNetwork network) throws IOException {
        return HttpApi.start(
                network.last(),
                new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0),
                HttpSettings.of(directory.resolve("api.token"), "1.2.3"));
    }

    private static boolean isEndless(PlainRequest request) {
        return request.method().equals("GET") && request.uri().getPath().endsWith("/events");
    }

    /** What is answered must also be as the OpenAPI document says. */
    @Test
    void everyLineIsAnsweredWithSuccess() throws Exception {
        try (TestNetwork network = new TestNetwork(3, directory);
                HttpApi api = start(network)) {
            network.get(1).publish(EndpointPayload.of(List.of("https://other.example")));
            Map<String, String> variables = Map.of(
                    "API",
                    "http://" + Endpoints.text(api.address()),
                    "AUTH",
                    "Authorization: Bearer " + Files.readString(directory.resolve("api.token")),
                    "ADDRESS",
                    network.get(1).address().toString(),
                    "PEER",
                    Endpoints.text(network.get(0).localEndpoint()));
            Description description = new Description();
            List<String> refused = new ArrayList<>();
            for (String line : curlLines()) {
                PlainRequest request = CurlLine.request(line, variables);
                if (isEndless(request)) {
                    assertThat(request.begin()).as(line).isEqualTo(200);
                    continue;
                }
                PlainRequest.Answer answer = request.send();
                if (answer.status() / 100 != 2) {
                    refused.add(line + " -> " + answer.status() + " " + answer.body());
                }
                refused.addAll(
                        description.problems(request.method(), request.uri().getPath(), answer));
            }
            assertThat(refused).isEmpty();
        }
    }
}
