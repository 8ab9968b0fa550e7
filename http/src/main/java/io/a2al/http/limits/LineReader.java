package io.a2al.http.limits;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads lines of UTF-8 that have a limit. Not thread-safe. */
public final class LineReader {

    /** Longest line, in bytes; as the bodies of HTTP. */
    private static final int MAX_LENGTH = 1 << 20;

    private final InputStream in;

    /** Reads from a stream, further than the line that is returned. */
    public LineReader(InputStream in) {
        this.in = new BufferedInputStream(in);
    }

    /** Returns the next line without its end; the first part of one that is too long; empty at the end. */
    public Optional<String> next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int read = in.read();
        if (read < 0) {
            return Optional.empty();
        }
        for (; read >= 0 && read != '\n'; read = in.read()) {
            if (line.size() < MAX_LENGTH) {
                line.write(read);
            }
        }
        return Optional.of(line.toString(StandardCharsets.UTF_8));
    }
}
