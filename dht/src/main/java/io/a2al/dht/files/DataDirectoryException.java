package io.a2al.dht.files;

import java.io.IOException;

/** Thrown when a data directory cannot be used as it is; names the file and the remedy. Nothing was overwritten. */
public final class DataDirectoryException extends IOException {

    private static final long serialVersionUID = 1L;

    /** Names the file and the remedy. */
    public DataDirectoryException(String message) {
        super(message);
    }

    /** The same, with what the system said. */
    public DataDirectoryException(String message, Throwable cause) {
        super(message, cause);
    }
}
