/**
 * Measures a node of this program in a process of its own: every kind of load beside what signatures alone would allow,
 * and the time that a start takes. How such a process is started is the caller's to say.
 */
@NullMarked
package io.a2al.bench.local;

import org.jspecify.annotations.NullMarked;
