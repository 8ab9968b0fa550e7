/**
 * Measures a node of this implementation in a separate process: its throughput under each kind of load, compared with
 * the limit that signatures set, its use of resources when idle, the time that it takes to start, and what it keeps
 * when it is killed. The caller determines the command that starts the process.
 */
@NullMarked
package io.a2al.bench.local;

import org.jspecify.annotations.NullMarked;
