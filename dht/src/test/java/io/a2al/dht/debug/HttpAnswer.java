package io.a2al.dht.debug;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The answer of a server to a request that is written byte by byte, which an HTTP client does not allow.
 *
 * @param head status line and header fields
 * @param body with chunks put together
 */
record HttpAnswer(String head, String body) {

    private static final String END_OF_HEAD = "\r\n\r\n";

    static HttpAnswer get(InetSocketAddress server, String path) throws IOException {
        return ask(server, "GET", path, "localhost");
    }

    static HttpAnswer ask(InetSocketAddress server, String method, String path, String host) throws IOException {
        return send(
                server,
                method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\nContent-Length: 0\r\nConnection: close"
                        + END_OF_HEAD);
    }

    static HttpAnswer send(InetSocketAddress server, String request) throws IOException {
        try (Socket socket = new Socket(server.getAddress(), server.getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return read(socket);
        }
    }

    /** Reads until the server closes the connection. */
    static HttpAnswer read(Socket socket) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        socket.getInputStream().transferTo(all);
        String text = all.toString(StandardCharsets.UTF_8);
        int end = text.indexOf(END_OF_HEAD);
        if (end < 0) {
            return new HttpAnswer(text, "");
        }
        String head = text.substring(0, end);
        String body = text.substring(end + END_OF_HEAD.length());
        return new HttpAnswer(
                head, head.toLowerCase(Locale.ROOT).contains("transfer-encoding: chunked") ? unchunk(body) : body);
    }

    private static String unchunk(String chunked) {
        StringBuilder body = new StringBuilder();
        int at = 0;
        while (true) {
            int line = chunked.indexOf("\r\n", at);
            int length = Integer.parseInt(chunked.substring(at, line), 16);
            if (length == 0) {
                return body.toString();
            }
            body.append(chunked, line + 2, line + 2 + length);
            at = line + 2 + length + 2;
        }
    }

    int status() {
        return Integer.parseInt(head.split(" ", 3)[1]);
    }

    /** The value of a header field; empty if there is none. */
    String field(String name) {
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
                .map(line -> line.substring(name.length() + 1).trim())
                .findFirst()
                .orElse("");
    }
}
