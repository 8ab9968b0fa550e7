package io.a2al.dht;

import io.a2al.protocol.mailbox.Mail;
import io.a2al.protocol.record.SignedRecord;

/**
 * A note that was found and opened. Immutable; thread-safe.
 *
 * @param mail sender, type and content; its sequence number tells notes of one sender apart
 * @param record the signed record it was sealed in
 */
public record ReceivedMail(Mail mail, SignedRecord record) {}
