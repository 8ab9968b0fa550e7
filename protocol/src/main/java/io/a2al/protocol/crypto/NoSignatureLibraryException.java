package io.a2al.protocol.crypto;

/** Thrown when no signature library works on this platform, or the forced one does not. */
public final class NoSignatureLibraryException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    /** The message names the forced library, if any, and what is available; it is shown to users. */
    NoSignatureLibraryException(String message) {
        super(message);
    }
}
