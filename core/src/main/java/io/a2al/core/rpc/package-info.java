/**
 * Requests that wait for their answers: matching, retransmission, round-trip times, and which protocol version a peer
 * understands. Decides when to send again and when a request times out; what is sent goes to the outbox.
 *
 * @since 0.1.0
 */
@NullMarked
package io.a2al.core.rpc;

import org.jspecify.annotations.NullMarked;
