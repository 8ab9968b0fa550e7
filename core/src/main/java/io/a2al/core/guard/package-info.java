/**
 * What protects the node from other machines, and those from the node: which datagrams are worth a signature check, how
 * much may be sent to unverified addresses, how much of the node one network may occupy. Only decides and counts; knows
 * addresses and sizes, not the content of messages.
 *
 * @since 0.1.0
 */
@NullMarked
package io.a2al.core.guard;

import org.jspecify.annotations.NullMarked;
