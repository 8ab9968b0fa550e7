package io.a2al.protocol.crypto;

/** No signature library works here, or not the one that is forced; the message is for people. */
public final class NoSignatureLibraryException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    /** With a message that names what was wanted and what there is. */
    NoSignatureLibraryException(String message) {
        super(message);
    }
}
