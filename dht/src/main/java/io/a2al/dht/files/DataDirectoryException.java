package io.a2al.dht.files;

import java.io.IOException;

/** Thrown when a data directory cannot be used; names the file and the remedy. Nothing was overwritten. */
public final class DataDirectoryException extends IOException {

    private static final long serialVersionUID = 1L;

    /** Creates an exception whose message names the file and the remedy. */
    public DataDirectoryException(String message) {
        super(message);
    }

    /** Creates an exception with the system's exception as cause. */
    public DataDirectoryException(String message, Throwable cause) {
        super(message, cause);
    }
}
