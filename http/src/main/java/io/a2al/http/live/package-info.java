/** The state of the node as it changes: a stream for readers that watch it, and the traffic of the last hour. */
@NullMarked
package io.a2al.http.live;

import org.jspecify.annotations.NullMarked;
