/** Paths that publish for the node's agent, and show and end what is published. */
@NullMarked
package io.a2al.http.publish;

import org.jspecify.annotations.NullMarked;
