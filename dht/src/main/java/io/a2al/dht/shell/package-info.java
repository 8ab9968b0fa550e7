/**
 * Connects the core with threads: receiving, signing and sending datagrams, timers, and the completion of operations.
 * Not exported; an application sees it through {@code DhtNode}.
 */
@NullMarked
package io.a2al.dht.shell;

import org.jspecify.annotations.NullMarked;
