package io.a2al.conformance.vectors;

import java.io.IOException;

/** A file that can be read, wherever it is. */
record VectorSource(String name, Content content) {

    /** Reads all bytes. */
    @FunctionalInterface
    interface Content {
        byte[] read() throws IOException;
    }
}
