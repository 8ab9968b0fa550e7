/**
 * What protects the node, and others from the node: which datagrams are worth a signature check, how much may be sent
 * where nobody asked for it, how much of the node one network may occupy. Decides and counts, and does nothing else;
 * knows addresses and sizes, not the content of messages.
 */
@NullMarked
package io.a2al.core.guard;

import org.jspecify.annotations.NullMarked;
