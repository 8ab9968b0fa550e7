/**
 * Where a node finds others when it starts, and what it writes down about them for the next start: lists of addresses
 * from files, from the configuration and from the DNS, and the table of peers seen. What is done with an address is
 * decided elsewhere; nothing in here sends a message of the protocol.
 */
@NullMarked
package io.a2al.dht.peers;

import org.jspecify.annotations.NullMarked;
