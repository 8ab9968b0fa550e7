/**
 * The commands {@code conformance …}: golden vectors and checks of a running node.
 */
@NullMarked
package io.a2al.app.conformance;

import org.jspecify.annotations.NullMarked;
