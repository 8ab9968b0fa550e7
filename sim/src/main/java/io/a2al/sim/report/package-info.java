/**
 * The output of a run: its result as JSON and as an HTML page with charts, and its events as a text file. This package
 * does not know how a result is computed.
 */
@NullMarked
package io.a2al.sim.report;

import org.jspecify.annotations.NullMarked;
