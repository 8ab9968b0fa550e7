/** Load on the HTTP interface of a node: requests at a rate, and readers of its events. */
@NullMarked
package io.a2al.bench.http;

import org.jspecify.annotations.NullMarked;
