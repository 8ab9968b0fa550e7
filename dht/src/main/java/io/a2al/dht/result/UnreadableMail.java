package io.a2al.dht.result;

import io.a2al.protocol.id.Address;
import io.a2al.protocol.record.SignedRecord;

/**
 * A mailbox record that cannot be opened: sealed with a key that was replaced since, damaged, or forged. Immutable;
 * thread-safe.
 *
 * @param senderClaim the address that the record speaks for; the standard policy has checked that its signer may do so
 * @param reason the field at fault, and what is wrong with it
 * @param record the signed record
 */
public record UnreadableMail(Address senderClaim, String reason, SignedRecord record) {}
