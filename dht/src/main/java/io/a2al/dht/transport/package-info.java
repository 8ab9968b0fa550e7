/**
 * Transports of datagrams: UDP, on a socket of its own ({@link io.a2al.dht.transport.UdpTransport}) or shared with
 * another protocol ({@link io.a2al.dht.transport.SharedUdpTransport}), and memory ({@link
 * io.a2al.dht.transport.MemoryNetwork}), on which applications run real nodes in their own tests. This package does not
 * interpret datagrams; a {@link io.a2al.dht.transport.DatagramHandler} does.
 *
 * @since 0.1.0
 */
@NullMarked
package io.a2al.dht.transport;

import org.jspecify.annotations.NullMarked;
