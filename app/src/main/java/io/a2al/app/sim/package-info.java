/**
 * The command {@code sim}: running simulations, searching seeds, and the files that come of it.
 */
@NullMarked
package io.a2al.app.sim;

import org.jspecify.annotations.NullMarked;
