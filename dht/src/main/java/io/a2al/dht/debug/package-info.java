/**
 * What a node shows to whoever looks after it: the debug pages of the network's nodes, as data and by HTTP (node.md
 * section 16). Reads from a node by its public methods only, and changes nothing.
 */
@NullMarked
package io.a2al.dht.debug;

import org.jspecify.annotations.NullMarked;
