package io.a2al.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A request by HTTP/1.0, so that the end of the connection ends the answer. */
record PlainRequest(String method, URI uri, List<String> fields, String body) {

    /** A read from a socket is not interrupted when a test takes too long. */
    private static final int READ_LIMIT_MS = 60_000;

    /** An answer. */
    record Answer(int status, String body) {}

    Answer send() throws IOException {
        String answer = exchange(InputStream::readAllBytes);
        int end = answer.indexOf("\r\n\r\n");
        return new Answer(status(answer), answer.substring(end + 4));
    }

    /** Returns the status of an answer whose body has no end. */
    int begin() throws IOException {
        return status(exchange(in -> in.readNBytes("HTTP/1.1 200".length())));
    }

    private static int status(String answer) {
        return Integer.parseInt(answer.split(" ", 3)[1]);
    }

    @FunctionalInterface
    private interface Reading {
        byte[] read(InputStream in) throws IOException;
    }

    private String exchange(Reading reading) throws IOException {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder(method)
                .append(' ')
                .append(uri.getRawPath())
                .append(uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery())
                .append(" HTTP/1.0\r\n");
        fields.forEach(field -> head.append(field).append("\r\n"));
        if (content.length > 0) {
            head.append("Content-Length: ").append(content.length).append("\r\n");
        }
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.setSoTimeout(READ_LIMIT_MS);
            socket.getOutputStream().write(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().write(content);
            return new String(reading.read(socket.getInputStream()), StandardCharsets.UTF_8);
        }
    }
}
