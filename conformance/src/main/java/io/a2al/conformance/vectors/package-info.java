/**
 * Golden vectors: the files that come along, the reader of such files, one check for each kind of them, and the runner
 * that compares this implementation with them. What is checked is asked of public API only; the deviations that we
 * decided on are resources beside the vectors, not code. Nothing in here prints, and nothing here is needed by a node.
 */
@NullMarked
package io.a2al.conformance.vectors;

import org.jspecify.annotations.NullMarked;
