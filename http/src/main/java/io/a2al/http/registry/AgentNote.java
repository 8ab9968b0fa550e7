package io.a2al.http.registry;

import io.a2al.dht.result.ReceivedMail;
import java.time.Instant;

/**
 * A note for an agent. Immutable and thread-safe.
 *
 * @param id names it among the notes of the agent: 32 hexadecimal digits that follow from sender, sequence number, type
 *     and content
 * @param receivedAt when the node first heard of it
 * @param received the note and its record
 */
public record AgentNote(String id, Instant receivedAt, ReceivedMail received) {}
