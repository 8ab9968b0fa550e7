/** The events of a node as streams: what happens is kept for a while, and each reader goes through it by itself. */
@NullMarked
package io.a2al.http.events;

import org.jspecify.annotations.NullMarked;
