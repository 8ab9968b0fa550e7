package io.a2al.app.client;

/** Nothing listens where a data directory says that its node serves: the node was killed and left the file behind. */
public final class NotRunningException extends Exception {

    private static final long serialVersionUID = 1L;

    NotRunningException(String url) {
        super("no node serves at " + url);
    }
}
