/**
 * How the network sees this node: votes on its public address, the kind of NAT in front of it, probes that find out,
 * and peers behind the same NAT. Pure state; who may vote, and which addresses count, is decided here, too. Nothing in
 * here sends anything itself.
 */
@NullMarked
package io.a2al.core.nat;

import org.jspecify.annotations.NullMarked;
