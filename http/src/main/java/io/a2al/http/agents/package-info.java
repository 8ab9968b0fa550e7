/** The paths that the network's other daemons have, for their clients. */
@NullMarked
package io.a2al.http.agents;

import org.jspecify.annotations.NullMarked;
