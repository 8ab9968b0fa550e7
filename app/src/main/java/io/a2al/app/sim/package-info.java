/** The command {@code sim}: running simulations, searching seeds, and writing their files. */
@NullMarked
package io.a2al.app.sim;

import org.jspecify.annotations.NullMarked;
