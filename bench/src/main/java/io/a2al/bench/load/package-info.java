/**
 * The load generator: sends signed requests to a node of any implementation over UDP, with a fixed number of requests
 * in flight or at a fixed rate, and reports throughput, losses and latencies. It knows only the address of the node.
 */
@NullMarked
package io.a2al.bench.load;

import org.jspecify.annotations.NullMarked;
