package io.a2al.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads a stream of server-sent events by HTTP/1.0, one part at a time. */
final class EventClient implements AutoCloseable {

    /** A read from a socket is not interrupted when a test takes too long. */
    private static final int READ_LIMIT_MS = 60_000;

    private final Socket socket = new Socket();
    private final BufferedReader in;
    private final String status;

    /** A part of a stream: an event, or a comment without type. */
    record Part(Optional<String> id, String type, String data) {

        boolean isComment() {
            return type.isEmpty();
        }
    }

    /** Opens a stream. The header fields end with a line break each. */
    EventClient(InetSocketAddress server, String path, String fields) throws IOException {
        socket.setSoTimeout(READ_LIMIT_MS);
        socket.setReceiveBufferSize(1 << 12);
        socket.connect(server);
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.0\r\n" + fields + "\r\n").getBytes(StandardCharsets.US_ASCII));
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        status = in.readLine();
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            // Further header fields do not matter.
        }
    }

    /** Returns the first line of the answer. */
    String status() {
        return status;
    }

    /** Returns the next part; empty at the end of the stream. */
    Optional<Part> next() throws IOException {
        Optional<String> id = Optional.empty();
        String type = "";
        String data = "";
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.isEmpty()) {
                return Optional.of(new Part(id, type, data));
            } else if (line.startsWith("id: ")) {
                id = Optional.of(line.substring(4));
            } else if (line.startsWith("event: ")) {
                type = line.substring(7);
            } else if (line.startsWith("data: ")) {
                data = line.substring(6);
            }
        }
        return Optional.empty();
    }

    /** Returns the next event, without comments. */
    Part nextEvent() throws IOException {
        Part part = next().orElseThrow();
        while (part.isComment()) {
            part = next().orElseThrow();
        }
        return part;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
