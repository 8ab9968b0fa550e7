/**
 * The simulator as its users see it: what a run is to be like, the named profiles, running one. Whatever a run consists
 * of\n * lives in the packages beside, each of which knows only those it needs.
 */
@NullMarked
package io.a2al.sim;

import org.jspecify.annotations.NullMarked;
