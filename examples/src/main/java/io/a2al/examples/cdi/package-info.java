/** A node in a container with CDI. */
@NullMarked
package io.a2al.examples.cdi;

import org.jspecify.annotations.NullMarked;
