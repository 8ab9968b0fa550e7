/**
 * Golden vectors: the bundled files, the reader of such files, one check for each kind of file, and the runner that
 * compares this implementation with them. The checks use public API only. Deliberate deviations are resources beside
 * the vectors, not code. This package prints nothing, and a node does not need it.
 */
@NullMarked
package io.a2al.conformance.vectors;

import org.jspecify.annotations.NullMarked;
