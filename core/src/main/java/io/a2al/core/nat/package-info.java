/**
 * How the network sees this node: reports of peers about its public address, the kind of NAT in front of it, probes
 * that find out, and peers behind the same NAT.
 *
 * @since 0.1.0
 */
@NullMarked
package io.a2al.core.nat;

import org.jspecify.annotations.NullMarked;
