/**
 * Sealed notes for one recipient (wire.md 11.4 and section 15): sealing and opening. Where they are stored, and by whom
 * they are read, is decided elsewhere.
 */
@NullMarked
package io.a2al.protocol.mailbox;

import org.jspecify.annotations.NullMarked;
