/**
 * The debug pages of a node (node.md section 16), as data and over HTTP, for its operator. Reads a node through its
 * public methods only and changes nothing.
 *
 * @since 0.1.0
 */
@NullMarked
package io.a2al.dht.debug;

import org.jspecify.annotations.NullMarked;
