/**
 * The commands {@code help}, {@code version} and {@code completion}, and manual pages: what the program says of itself.
 */
@NullMarked
package io.a2al.app.help;

import org.jspecify.annotations.NullMarked;
