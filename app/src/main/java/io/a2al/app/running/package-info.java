/** The commands {@code status}, {@code peers} and {@code events}: what the node that runs on this machine is doing. */
@NullMarked
package io.a2al.app.running;

import org.jspecify.annotations.NullMarked;
