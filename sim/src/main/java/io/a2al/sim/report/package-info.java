/**
 * What a run came to, written down: as JSON for programs, as a page with charts for people. Nothing in here knows how a
 * result came about.
 */
@NullMarked
package io.a2al.sim.report;

import org.jspecify.annotations.NullMarked;
