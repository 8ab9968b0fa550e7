package io.a2al.dht.transport;

import java.util.Optional;

/**
 * A UDP socket's buffers. Sizes are in bytes, as the system counts them: it keeps more than the datagrams in there.
 * Immutable; thread-safe.
 *
 * @param askedReceiveBuffer size of the receive buffer that was asked for
 * @param receiveBuffer size that the system gave
 * @param askedSendBuffer size of the send buffer that was asked for
 * @param sendBuffer size that the system gave
 * @param dropped datagrams that the system threw away since the socket was opened, nearly always because the receive
 *     buffer was full; nothing where the system does not tell
 */
public record SocketStatistics(
        int askedReceiveBuffer, int receiveBuffer, int askedSendBuffer, int sendBuffer, Optional<Long> dropped) {}
