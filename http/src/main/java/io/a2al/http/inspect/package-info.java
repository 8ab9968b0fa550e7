/**
 * Explains datagrams and records: every field, whether its signatures hold, and what is wrong. Knows no HTTP.
 *
 * @since 0.1.0
 */
@NullMarked
package io.a2al.http.inspect;

import org.jspecify.annotations.NullMarked;
