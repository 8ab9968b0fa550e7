package io.a2al.core.store;

import io.a2al.core.api.Origin;
import io.a2al.protocol.record.VerifiedRecord;

/**
 * A record on a shelf. Immutable; thread-safe.
 *
 * @param origin who brought it
 */
record Held(VerifiedRecord record, Origin origin) {}
