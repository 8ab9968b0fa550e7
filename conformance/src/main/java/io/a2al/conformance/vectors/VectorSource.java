package io.a2al.conformance.vectors;

import java.io.IOException;

/** A file of golden vectors that can be read, either bundled or on disk. */
record VectorSource(String name, Content content) {

    /** Reads all bytes of a file. */
    @FunctionalInterface
    interface Content {
        byte[] read() throws IOException;
    }
}
