/**
 * The virtual internet: hosts with addresses and places, NAT boxes, and what links do to datagrams. It carries bytes
 * and\n * knows nothing about what they mean.
 */
@NullMarked
package io.a2al.sim.network;

import org.jspecify.annotations.NullMarked;
