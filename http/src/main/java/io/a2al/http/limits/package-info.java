/** What connections and requests may cost. */
@NullMarked
package io.a2al.http.limits;

import org.jspecify.annotations.NullMarked;
