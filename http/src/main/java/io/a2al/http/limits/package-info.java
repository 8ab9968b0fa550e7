/**
 * What connections and requests may cost.
 *
 * @since 0.1.0
 */
@NullMarked
package io.a2al.http.limits;

import org.jspecify.annotations.NullMarked;
