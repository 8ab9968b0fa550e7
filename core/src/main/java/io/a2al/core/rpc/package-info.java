/**
 * Requests that wait for their answers: matching, retransmission, round-trip times, and which generation a peer speaks.
 * Decides when to send again and when to give up; sends nothing itself.
 */
@NullMarked
package io.a2al.core.rpc;

import org.jspecify.annotations.NullMarked;
