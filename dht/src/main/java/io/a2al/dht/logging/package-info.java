/** Logging that events from outside cannot flood. For the modules of this project only. */
@NullMarked
package io.a2al.dht.logging;

import org.jspecify.annotations.NullMarked;
