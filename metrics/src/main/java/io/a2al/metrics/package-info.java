/** The numbers of a node as Micrometer meters. */
@NullMarked
package io.a2al.metrics;

import org.jspecify.annotations.NullMarked;
