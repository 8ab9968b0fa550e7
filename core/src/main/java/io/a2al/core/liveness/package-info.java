/**
 * Which peers answer, how fast, and whether our own network works: what a request that timed out means. Sends nothing;
 * requests report what became of them.
 *
 * @since 0.1.0
 */
@NullMarked
package io.a2al.core.liveness;

import org.jspecify.annotations.NullMarked;
