package io.a2al.dht.result;

import io.a2al.protocol.id.Address;
import io.a2al.protocol.record.SignedRecord;

/**
 * A note that was found, but cannot be opened: sealed with a key that was replaced since, damaged, or made by somebody
 * who wants to disturb. Immutable; thread-safe.
 *
 * @param senderClaim the address that the record speaks for; by the standard policy its signer may do that
 * @param reason the field at fault, and what is wrong with it
 * @param record the signed record
 */
public record UnreadableMail(Address senderClaim, String reason, SignedRecord record) {}
