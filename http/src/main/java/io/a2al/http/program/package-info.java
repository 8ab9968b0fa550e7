/**
 * What the program lets the interface change of it while it runs. Knows no HTTP.
 *
 * @since 0.1.0
 */
@NullMarked
package io.a2al.http.program;

import org.jspecify.annotations.NullMarked;
