/**
 * Notes that are sealed for one recipient (wire.md 11.4 and section 15): sealing, opening, and the frame that carries
 * them outside the DHT. Storing and finding them is not part of this package.
 *
 * @since 0.1.0
 */
@NullMarked
package io.a2al.protocol.mailbox;

import org.jspecify.annotations.NullMarked;
