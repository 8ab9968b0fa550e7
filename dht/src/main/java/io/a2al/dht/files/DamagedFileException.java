package io.a2al.dht.files;

import java.io.IOException;

/** Thrown when a file can be read, but has nothing of what it should have. The message says what is wrong with it. */
public final class DamagedFileException extends IOException {

    private static final long serialVersionUID = 1L;

    /** Creates an exception whose message says what is wrong with the file. */
    public DamagedFileException(String message) {
        super(message);
    }

    /** Creates an exception with the parser's exception as cause. */
    public DamagedFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
