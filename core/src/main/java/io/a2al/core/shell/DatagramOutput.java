package io.a2al.core.shell;

import io.a2al.protocol.message.Endpoint;

/** Where a shell's datagrams go. Belongs to the shell's thread. */
public interface DatagramOutput {

    /**
     * Sends a datagram; its bytes are copied or sent before this returns.
     *
     * @param buffer has the datagram in its first {@code length} bytes, at most
     *     {@value io.a2al.protocol.message.MessageCodec#MAX_DATAGRAM}
     * @param isAnswer true for a response, which may be held back for a moment to be sent with others
     * @return false if it could not be sent, for a reason of this machine's
     */
    boolean send(Endpoint to, byte[] buffer, int length, boolean isAnswer);

    /** Sends the answer that a record is stored, or is not; a shell may wait for its disk before. */
    default boolean confirm(Endpoint to, byte[] buffer, int length) {
        return send(to, buffer, length, true);
    }

    /** A message of this many bytes is not sent, because no datagram can hold it. */
    void oversized(Endpoint to, byte[] buffer, int length);
}
