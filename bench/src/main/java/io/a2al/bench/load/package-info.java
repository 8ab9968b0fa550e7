/**
 * The load generator: sends signed requests to one node of any implementation over real UDP, a fixed number at a time
 * or at a fixed rate, and says how many were answered how fast. Knows nothing of what runs at the other end but its
 * address.
 */
@NullMarked
package io.a2al.bench.load;

import org.jspecify.annotations.NullMarked;
