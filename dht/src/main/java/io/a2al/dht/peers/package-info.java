/**
 * Sources of addresses that a node joins the network through (configuration, files, the DNS), and the files about peers
 * that it writes for the next start. Nothing here sends a message of the protocol.
 *
 * @since 0.1.0
 */
@NullMarked
package io.a2al.dht.peers;

import org.jspecify.annotations.NullMarked;
