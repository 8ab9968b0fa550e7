/**
 * The commands {@code id …}: making, keeping and moving identities, and delegating to them.
 */
@NullMarked
package io.a2al.app.id;

import org.jspecify.annotations.NullMarked;
