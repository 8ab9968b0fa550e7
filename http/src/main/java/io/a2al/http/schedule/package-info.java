/** Tasks that are done at intervals. Knows no HTTP. */
@NullMarked
package io.a2al.http.schedule;

import org.jspecify.annotations.NullMarked;
