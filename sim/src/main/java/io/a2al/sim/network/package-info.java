/**
 * The virtual internet: hosts with addresses and positions, NAT boxes, and links with delay and faults. It carries
 * bytes and does not interpret them, except that it reads message types for statistics.
 */
@NullMarked
package io.a2al.sim.network;

import org.jspecify.annotations.NullMarked;
