/**
 * A black-box suite against a node of any implementation: identities and sockets of our own, one class per group of
 * checks, and the verdicts. The node is seen through datagrams only, and nothing is sent but to the address that was
 * given. Nothing in here prints, and nothing here uses {@code DhtNode}, since a node is not to be measured with itself.
 */
@NullMarked
package io.a2al.conformance.node;

import org.jspecify.annotations.NullMarked;
