package io.a2al.http;

import java.io.IOException;
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
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int end = answer.indexOf("\r\n\r\n");
            return new Answer(Integer.parseInt(answer.split(" ", 3)[1]), answer.substring(end + 4));
        }
    }
}
