package io.a2al.dht.transport;

import java.util.Optional;

/**
 * The buffers and errors of a UDP socket, or of each of several. Sizes are in bytes as the system counts them, with its
 * overhead for each datagram. Immutable; thread-safe.
 *
 * @param askedReceiveBuffer size of the receive buffer that was asked for
 * @param receiveBuffer size that the system gave
 * @param askedSendBuffer size of the send buffer that was asked for
 * @param sendBuffer size that the system gave
 * @param dropped datagrams that the system has dropped since the start, from all sockets, nearly always because a
 *     receive buffer was full; empty where the system does not report them
 * @param receiveErrors receptions that failed since the start, by an error of the system or in the handler
 */
public record SocketStatistics(
        int askedReceiveBuffer,
        int receiveBuffer,
        int askedSendBuffer,
        int sendBuffer,
        Optional<Long> dropped,
        long receiveErrors) {}
