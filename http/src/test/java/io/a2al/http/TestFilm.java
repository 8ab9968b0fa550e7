package io.a2al.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A film that a test makes frame by frame. Thread-safe. */
final class TestFilm implements FilmServer.Source {

    private final String header;
    private final List<String> frames = new ArrayList<>();
    private Optional<String> end = Optional.empty();

    TestFilm(String header) {
        this.header = header;
    }

    synchronized void add(String frame) {
        frames.add(frame);
        notifyAll();
    }

    synchronized void end(String json) {
        end = Optional.of(json);
        notifyAll();
    }

    /** Returns the text of a file with this film. */
    synchronized String text() {
        return Stream.of(List.of(header), frames, end.stream().toList())
                .flatMap(List::stream)
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    @Override
    public String header() {
        return header;
    }

    @Override
    public synchronized List<String> after(int seen, int most, Duration patience) throws InterruptedException {
        if (frames.size() == seen && end.isEmpty()) {
            wait(patience.toMillis());
        }
        return List.copyOf(frames.subList(seen, Math.min(frames.size(), seen + most)));
    }

    @Override
    public synchronized Optional<String> end() {
        return end;
    }
}
