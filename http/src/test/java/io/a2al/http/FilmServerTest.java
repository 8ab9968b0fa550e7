package io.a2al.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2al.dht.transport.Endpoints;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server of a simulation's film. */
@Timeout(60)
class FilmServerTest {

    private static final InetSocketAddress FREE = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);

    private static String get(FilmServer server, String path) throws IOException {
        return new PlainRequest("GET", URI.create("http://" + Endpoints.text(server.address()) + path), List.of(), "")
                .send()
                .body();
    }

    private static void assertNext(EventClient events, String type, String data) throws IOException {
        EventClient.Part part = events.nextEvent();
        assertThat(part.type()).isEqualTo(type);
        assertThat(part.data()).isEqualTo(data);
    }

    @Test
    void aFilmIsToldWhileItIsMadeAndAfterIt() throws Exception {
        TestFilm film = new TestFilm("{\"film\":1}");
        film.add("{\"at\":10}");
        try (FilmServer server = FilmServer.start(FREE, film);
                EventClient events = new EventClient(server.address(), "/sim/film", "")) {
            assertNext(events, "header", "{\"film\":1}");
            assertNext(events, "frame", "{\"at\":10}");
            film.add("{\"at\":20}");
            assertNext(events, "frame", "{\"at\":20}");
            film.add("{\"at\":30}");
            film.end("{\"end\":{}}");
            assertNext(events, "frame", "{\"at\":30}");
            assertNext(events, "end", "{\"end\":{}}");

            try (EventClient later = new EventClient(server.address(), "/sim/film", "")) {
                assertNext(later, "header", "{\"film\":1}");
                for (int at = 10; at <= 30; at += 10) {
                    assertNext(later, "frame", "{\"at\":" + at + "}");
                }
                assertNext(later, "end", "{\"end\":{}}");
            }
        }
    }

    @Test
    void closingEndsTheStreams() throws Exception {
        TestFilm film = new TestFilm("{}");
        FilmServer server = FilmServer.start(FREE, film);
        try (EventClient events = new EventClient(server.address(), "/sim/film", "")) {
            assertNext(events, "header", "{}");
            server.close();
            server.close();
            while (events.next().isPresent()) {
                // Comments before the end.
            }
        }
    }

    @Test
    void thePageOffersTheSimulationOnlyAndThereAreNoPathsOfANode() throws Exception {
        try (FilmServer server = FilmServer.start(FREE, new TestFilm("{}"))) {
            assertThat(get(server, "/")).contains("data-only=\"simulation\"");
            assertThat(get(server, "/explorer/film.js")).contains("export class Film");
            assertThat(get(server, "/v1/status")).contains("\"code\":\"not_found\"");
        }
    }

    /** A film has no token. */
    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
    void anAddressThatOthersReachIsRefused(String host) {
        assertThatThrownBy(() -> FilmServer.start(new InetSocketAddress(host, 0), new TestFilm("{}")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is no loopback address; serve at 127.0.0.1:PORT");
    }

    @Test
    void aNameThatIsNotResolvedIsRefused() {
        InetSocketAddress unresolved = InetSocketAddress.createUnresolved("host.example", 0);
        assertThatThrownBy(() -> FilmServer.start(unresolved, new TestFilm("{}")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
