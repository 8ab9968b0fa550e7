package io.a2al.http.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.http.route.ApiRequest;
import io.a2al.http.route.ApiResult;
import io.a2al.http.route.Router;
import io.a2al.protocol.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExplorerPagesTest {

    private static final Path SOURCES = Path.of("src/main/resources/io/a2al/http/explorer");
    private static final String INDEX = "index.html";

    /** The whole explorer, so that it is quick to load also through a tunnel. */
    private static final int MOST_BYTES = 400_000;

    /** What a script imports, and what the page loads. */
    private static final Pattern LOADED = Pattern.compile("(?:from |import\\(|src=|href=)\"([^\"#]+)\"");

    private static final Pattern NOTHING_INLINE = Pattern.compile("(?is)<script(?![^>]*src=)|<style|\\bon\\w+=|style=");

    private static Router routes(ExplorerPages pages) {
        Router.Builder routes = Router.builder();
        pages.addTo(routes);
        return routes.build();
    }

    private static ApiResult get(String path) throws InterruptedException {
        return routes(ExplorerPages.ofNode()).answer(new ApiRequest("GET", path, Map.of(), Map.of(), "", Bytes.EMPTY));
    }

    private static String text(ApiResult result) {
        return ((ApiResult.Body.Whole) result.body()).text();
    }

    /** Returns the texts of all files, by their names. */
    private static Map<String, String> files() throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(SOURCES)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                files.put(SOURCES.relativize(path).toString().replace('\\', '/'), Files.readString(path));
            }
        }
        return files;
    }

    /** Returns the names of the files that a file loads; paths of the page begin at the root of the server. */
    private static List<String> loaded(String name, String text) {
        Path folder = Path.of("explorer", name).getParent();
        List<String> names = new ArrayList<>();
        for (MatchResult found : LOADED.matcher(text).results().toList()) {
            Path path = name.equals(INDEX)
                    ? Path.of(found.group(1))
                    : folder.resolve(found.group(1)).normalize();
            names.add(Path.of("explorer").relativize(path).toString().replace('\\', '/'));
        }
        return names;
    }

    @Test
    void everyFileIsServedAsItIs() throws Exception {
        for (Map.Entry<String, String> file : files().entrySet()) {
            ApiResult result = get("/explorer/" + file.getKey());
            assertThat(result.status()).as(file.getKey()).isEqualTo(200);
            assertThat(text(result)).as(file.getKey()).isEqualTo(file.getValue());
        }
        assertThat(text(get("/"))).isEqualTo(files().get(INDEX));
    }

    @Test
    void everyFileIsLoadedByAnotherAndNoneIsMissing() throws IOException {
        Map<String, String> files = files();
        Set<String> loaded = new HashSet<>(Set.of(INDEX));
        files.forEach((name, text) -> loaded.addAll(loaded(name, text)));
        assertThat(loaded).containsExactlyInAnyOrderElementsOf(files.keySet());
    }

    @Test
    void allFilesTogetherAreSmall() throws IOException {
        int sum = files().values().stream()
                .mapToInt(text -> text.getBytes(StandardCharsets.UTF_8).length)
                .sum();
        assertThat(sum).isLessThan(MOST_BYTES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/explorer/",
                "/explorer/none.js",
                "/explorer/views/",
                "/explorer/../docs/openapi.json",
                "/explorer/views/../main.js",
                "/explorer//main.js",
                "/explorer/ExplorerPages.class"
            })
    void noOtherFileIsServed(String path) throws InterruptedException {
        assertThat(get(path).status()).isEqualTo(404);
    }

    @Test
    void aBrowserMayLoadAndRunTheseFilesOnly() throws Exception {
        for (String path : List.of("/", "/explorer/main.js", "/explorer/style.css", "/explorer/icon.svg")) {
            Map<String, String> headers = get(path).headers();
            assertThat(headers.get("Content-Security-Policy"))
                    .startsWith("default-src 'none'; script-src 'self'; ")
                    .contains("frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'")
                    .doesNotContain("unsafe", "*", "http", "data:");
            assertThat(headers).containsEntry("X-Content-Type-Options", "nosniff");
            assertThat(headers).containsEntry("Referrer-Policy", "no-referrer");
        }
        assertThat(get("/").contentType()).isEqualTo("text/html; charset=utf-8");
        assertThat(get("/explorer/views/node.js").contentType()).isEqualTo("text/javascript; charset=utf-8");
        assertThat(get("/explorer/style.css").contentType()).isEqualTo("text/css; charset=utf-8");
        assertThat(get("/explorer/icon.svg").contentType()).isEqualTo("image/svg+xml");
    }

    /** What the policy would forbid. */
    @Test
    void thePageHasNoInlineScriptOrStyle() throws IOException {
        assertThat(files().get(INDEX)).doesNotContainPattern(NOTHING_INLINE);
    }

    /** Text of other nodes becomes elements only by names, attributes and texts. */
    @Test
    void noScriptParsesMarkupOrText() throws IOException {
        files().forEach((name, text) -> assertThat(text)
                .as(name)
                .doesNotContain(
                        "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "DOMParser", "eval("));
    }

    @Test
    void thePagesOfASimulationSaySo() throws Exception {
        ApiResult page = routes(ExplorerPages.ofSimulation())
                .answer(new ApiRequest("GET", "/", Map.of(), Map.of(), "", Bytes.EMPTY));
        assertThat(text(page)).contains("<html lang=\"en\" data-only=\"simulation\">");
        assertThat(text(get("/"))).doesNotContain("data-only");
    }

    @Test
    void onlyTheseFilesNeedNoToken() {
        assertThat(List.of("/", "/explorer/main.js")).allMatch(ExplorerPages::isOpen);
        assertThat(List.of("/v1/status", "/explorer", "/explorers", "/v1/live")).noneMatch(ExplorerPages::isOpen);
    }
}
