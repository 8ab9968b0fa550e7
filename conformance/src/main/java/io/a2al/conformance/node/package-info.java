/**
 * A black-box test suite for a running node of any implementation. The suite observes the node through datagrams only,
 * with identities and sockets of its own, and sends to the address of the node only. There is one class per group of
 * checks. The suite does not use {@code DhtNode}, because a defect shared by both sides would remain undetected. It
 * prints nothing.
 */
@NullMarked
package io.a2al.conformance.node;

import org.jspecify.annotations.NullMarked;
