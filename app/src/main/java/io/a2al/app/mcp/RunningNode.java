package io.a2al.app.mcp;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The HTTP interface of the node that runs with a data directory, as the files of that directory tell.
 *
 * @param url without slash at the end
 * @param token what requests carry
 */
record RunningNode(URI url, String token) {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** Returns what the files tell; empty if no node serves, or if they cannot be read. */
    static Optional<RunningNode> find(Path directory) {
        try {
            URI url = URI.create(read(directory.resolve("api")));
            return url.getHost() == null
                    ? Optional.empty()
                    : Optional.of(new RunningNode(url, read(directory.resolve("api.token"))));
        } catch (IOException | IllegalArgumentException noneServes) {
            return Optional.empty();
        }
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.US_ASCII).strip();
    }

    /** Returns a request to a path, with the token. */
    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(url.resolve(path)).setHeader("Authorization", "Bearer " + token);
    }

    /** Returns whether it answers within two seconds; a node that was killed leaves its files behind. */
    boolean answers(HttpClient http) throws InterruptedException {
        try {
            HttpRequest request = request("/v1/livez").timeout(PATIENCE).build();
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException gone) {
            return false;
        }
    }
}
