/** The pages of the explorer, which show a node or a simulation in a browser. */
@NullMarked
package io.a2al.http.explorer;

import org.jspecify.annotations.NullMarked;
