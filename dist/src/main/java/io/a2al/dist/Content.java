package io.a2al.dist;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What is in a packed file. */
interface Content {

    /** Returns its length in bytes. */
    long size() throws IOException;

    /** Writes all of it. */
    void writeTo(OutputStream out) throws IOException;

    static Content of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The bytes are not copied. */
    static Content of(byte[] bytes) {
        return new Content() {
            @Override
            public long size() {
                return bytes.length;
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                out.write(bytes);
            }
        };
    }

    static Content of(Path file) {
        return new Content() {
            @Override
            public long size() throws IOException {
                return Files.size(file);
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                Files.copy(file, out);
            }
        };
    }
}
