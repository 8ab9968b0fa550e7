package io.a2al.core.store;

import io.a2al.core.api.Origin;
import io.a2al.protocol.record.VerifiedRecord;

/**
 * A record on a shelf. Immutable; thread-safe.
 *
 * @param origin where it came from
 */
record Held(VerifiedRecord record, Origin origin) {}
