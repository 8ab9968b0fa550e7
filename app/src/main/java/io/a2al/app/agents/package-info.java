/** The commands {@code agents …}: the agents that the node on this machine keeps for other programs. */
@NullMarked
package io.a2al.app.agents;

import org.jspecify.annotations.NullMarked;
