package io.a2al.app.sim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.Nodes;
import io.a2al.dht.transport.Endpoints;
import io.a2al.http.FilmServer;
import io.a2al.sim.Simulation;
import io.a2al.sim.film.Film;
import io.a2al.sim.film.FilmJson;
import io.a2al.sim.film.FilmMaker;
import io.a2al.sim.result.SimulationResult;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The film of a run for a file, for browsers, or for both; none if it is wanted for neither. */
final class Filming implements AutoCloseable {

    private final Optional<FilmMaker> maker;
    private final Optional<Path> file;
    private final Optional<FilmServer> server;

    private Filming(Optional<FilmMaker> maker, Optional<Path> file, Optional<FilmServer> server) {
        this.maker = maker;
        this.file = file;
        this.server = server;
    }

    /** Begins to film a run that has not begun. */
    static Filming of(Simulation simulation, Optional<Path> file, Optional<String> serve)
            throws CommandException, IOException {
        if (file.isEmpty() && serve.isEmpty()) {
            return new Filming(Optional.empty(), file, Optional.empty());
        }
        FilmMaker maker = new FilmMaker(simulation);
        Optional<FilmServer> server =
                serve.isPresent() ? Optional.of(serve(serve.get(), maker.film())) : Optional.empty();
        return new Filming(Optional.of(maker), file, server);
    }

    private static FilmServer serve(String address, Film film) throws CommandException, IOException {
        InetSocketAddress listen = Nodes.resolve(Nodes.parseAddress(address)).getFirst();
        try {
            return FilmServer.start(listen, new AsJson(film));
        } catch (IllegalArgumentException e) {
            throw CommandException.wrongUse(e);
        }
    }

    private record AsJson(Film film) implements FilmServer.Source {

        @Override
        public String header() {
            return FilmJson.of(film.header()).toString();
        }

        @Override
        public List<String> after(int seen, int most, Duration patience) throws InterruptedException {
            return film.after(seen, most, patience).stream()
                    .map(FilmJson::of)
                    .map(ObjectNode::toString)
                    .toList();
        }

        @Override
        public Optional<String> end() {
            return film.result().map(FilmJson::of).map(ObjectNode::toString);
        }
    }

    /** Returns where browsers find the film. */
    Optional<String> url() {
        return server.map(serving -> "http://" + Endpoints.text(Endpoints.of(serving.address())) + "/");
    }

    /** Ends the film, and writes it to the file. */
    void end(SimulationResult result) throws IOException {
        if (maker.isPresent()) {
            maker.get().end(result);
            if (file.isPresent()) {
                FilmJson.write(maker.get().film(), file.get());
            }
        }
    }

    @Override
    public void close() {
        server.ifPresent(FilmServer::close);
    }
}
