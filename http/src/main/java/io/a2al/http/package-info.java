/**
 * The HTTP interface of a node, for programs on this machine. {@link HttpApi} starts it over any {@code DhtNode}.
 *
 * @since 0.1.0
 */
@NullMarked
package io.a2al.http;

import org.jspecify.annotations.NullMarked;
