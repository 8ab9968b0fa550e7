/**
 * What makes runs repeat: the queue of events, random streams that do not depend on each other, and the hash over
 * everything\n * that happened. Nothing in here knows of networks or nodes.
 */
@NullMarked
package io.a2al.sim.engine;

import org.jspecify.annotations.NullMarked;
