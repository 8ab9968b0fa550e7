/**
 * Commands of the application beyond publishing and listening: lookups, and requests to single peers.
 *
 * @since 0.1.0
 */
@NullMarked
package io.a2al.core.command;

import org.jspecify.annotations.NullMarked;
