/** Logging that events from outside cannot flood. For this module only; not exported. */
@NullMarked
package io.a2al.dht.logging;

import org.jspecify.annotations.NullMarked;
