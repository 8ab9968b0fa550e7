/**
 * The commands {@code publications …}: what a node resumes when it is started again.
 */
@NullMarked
package io.a2al.app.publications;

import org.jspecify.annotations.NullMarked;
