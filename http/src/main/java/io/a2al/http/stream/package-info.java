/** Streams of server-sent events: their format, and how many there may be. Knows no events of its own. */
@NullMarked
package io.a2al.http.stream;

import org.jspecify.annotations.NullMarked;
