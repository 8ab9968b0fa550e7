/**
 * The node for applications: {@link io.a2al.dht.DhtNode}, what it answers, and what it keeps on disk. Only this package
 * has threads, clocks and signatures around the core; protocol rules are not decided here.
 */
@NullMarked
package io.a2al.dht;

import org.jspecify.annotations.NullMarked;
