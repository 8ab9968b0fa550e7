/**
 * The configuration: the file {@code a2al.toml} and the variables {@code A2AL_…}, which give options their values where
 * the command line does not; and the command that shows them. Knows no other command.
 */
@NullMarked
package io.a2al.app.config;

import org.jspecify.annotations.NullMarked;
