/**
 * The contract with the shell: inputs and commands that go in, effects and outcomes that come out, and the values that
 * they carry. Immutable values only; no behaviour, no state.
 *
 * @since 0.1.0
 */
@NullMarked
package io.a2al.core.api;

import org.jspecify.annotations.NullMarked;
