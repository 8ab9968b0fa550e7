/**
 * What commands share: options, output, errors, logging. Knows no command.
 */
@NullMarked
package io.a2al.app.cli;

import org.jspecify.annotations.NullMarked;
