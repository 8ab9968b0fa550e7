/** Paths that ask the network: where agents are, who offers what, and whether a node answers. */
@NullMarked
package io.a2al.http.lookup;

import org.jspecify.annotations.NullMarked;
