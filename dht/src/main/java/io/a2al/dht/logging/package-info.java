/**
 * Logging that an event from outside cannot turn into a flood. Only what this module itself needs; not exported.
 */
@NullMarked
package io.a2al.dht.logging;

import org.jspecify.annotations.NullMarked;
