/**
 * The checks: rules that must hold in every scenario, each in its own class.
 */
@NullMarked
package io.a2al.sim.check;

import org.jspecify.annotations.NullMarked;
