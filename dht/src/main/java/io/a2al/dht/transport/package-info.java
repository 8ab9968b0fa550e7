/**
 * How datagrams travel: real UDP, alone or beside another protocol, and memory for tests. Knows nothing about messages;
 * what a datagram means is decided by the {@link io.a2al.dht.transport.DatagramHandler}.
 */
@NullMarked
package io.a2al.dht.transport;

import org.jspecify.annotations.NullMarked;
