/**
 * How commands reach the network: by the node that runs on this machine, over its HTTP interface, or by a node of their
 * own. Knows no command.
 */
@NullMarked
package io.a2al.app.client;

import org.jspecify.annotations.NullMarked;
