package io.a2al.app.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads server-sent events, as the HTML standard defines them. Not thread-safe. */
public final class EventStream implements AutoCloseable {

    /** Longest event to take, in characters; the node's are a fraction of it. */
    private static final int MAX_LENGTH = 1 << 20;

    private final BufferedReader reader;

    EventStream(InputStream stream) {
        reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
    }

    /**
     * An event.
     *
     * @param id what to begin after next time; empty if it has none
     * @param type its type; {@code message} if none is named
     * @param data its content, mostly JSON
     */
    public record Event(String id, String type, String data) {}

    /**
     * Waits for the next event; empty at the end of the stream. Comments, which keep the connection open, are passed
     * over.
     *
     * @throws IOException if reading fails, or the event is too long
     */
    public Optional<Event> next() throws IOException {
        String id = "";
        String type = "message";
        List<String> data = new ArrayList<>();
        int length = 0;
        for (Optional<String> next = readLine(MAX_LENGTH); next.isPresent(); next = readLine(MAX_LENGTH - length)) {
            String line = next.get();
            if (line.isEmpty() && !data.isEmpty()) {
                return Optional.of(new Event(id, type, String.join("\n", data)));
            }
            length += line.length();
            int colon = line.indexOf(':');
            String value = colon < 0 ? "" : line.substring(colon + 1).replaceFirst("^ ", "");
            switch (colon < 0 ? line : line.substring(0, colon)) {
                case "data" -> data.add(value);
                case "event" -> type = value;
                case "id" -> id = value;
                default -> length = data.isEmpty() ? 0 : length;
            }
        }
        return Optional.empty();
    }

    /** Returns the next line, which ends with LF or CR LF; a longer one is not read to its end. */
    private Optional<String> readLine(int longest) throws IOException {
        StringBuilder line = new StringBuilder();
        int read = reader.read();
        if (read < 0) {
            return Optional.empty();
        }
        for (; read >= 0 && read != '\n'; read = reader.read()) {
            if (line.length() == longest) {
                throw new IOException("an event is longer than " + MAX_LENGTH + " characters");
            }
            line.append((char) read);
        }
        int end = line.length() - 1;
        return Optional.of(end >= 0 && line.charAt(end) == '\r' ? line.substring(0, end) : line.toString());
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
