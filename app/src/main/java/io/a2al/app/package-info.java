/**
 * The program {@code a2al}: one class per command, and what commands share. Everything about the network is asked of
 * {@code io.a2al.dht}; in here are only options, texts, JSON and exit codes. Nothing may depend on this package.
 */
@NullMarked
package io.a2al.app;

import org.jspecify.annotations.NullMarked;
