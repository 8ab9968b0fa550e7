package io.a2al.bench.load;

import io.a2al.protocol.crypto.Ed25519;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.MessageCodec;
import io.a2al.protocol.message.MessageType;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.InvalidRecordException;
import io.a2al.protocol.record.RecordPayload;
import io.a2al.protocol.record.RecordSigner;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.TopicPayload;
import io.a2al.protocol.record.Topics;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Creates batches of signed requests. The senders take turns. Not thread-safe. */
final class RequestMaker {

    /** Time to live of records, in seconds. */
    private static final long TTL = 3600;

    /** Seconds by which timestamps are in the past, because the node's clock may be slightly behind. */
    private static final long TIMESTAMP_LAG = 1;

    private static final RecordPayload ENDPOINT = EndpointPayload.of(List.of("quic://192.0.2.1:4122"));

    private static final List<LoadMode> MIXTURE = List.of(
            LoadMode.PING,
            LoadMode.FIND_NODE,
            LoadMode.FIND_VALUE,
            LoadMode.FIND_NODE,
            LoadMode.STORE,
            LoadMode.FIND_VALUE,
            LoadMode.FIND_NODE,
            LoadMode.PING,
            LoadMode.FIND_VALUE,
            LoadMode.FIND_NODE);

    private final SecureRandom random = new SecureRandom();
    private final MessageCodec codec = new MessageCodec(Ed25519.preferred().newVerifier());
    private final List<Sender> senders;
    private final String topic;
    private int made;
    private long lastSequence;

    RequestMaker(List<Sender> senders) {
        this.senders = senders;
        // Each run has its own topic, so that the node has no entries of an earlier run.
        this.topic = "bench/" + Long.toHexString(random.nextLong());
    }

    /** Returns a batch of {@code size} requests. */
    RequestBatch batch(LoadMode mode, int size) {
        RequestBatch batch = new RequestBatch(codec, random);
        for (int i = 0; i < size; i++) {
            Sender sender = senders.get(made % senders.size());
            LoadMode kind = mode == LoadMode.MIXED ? MIXTURE.get(made % MIXTURE.size()) : mode;
            made++;
            batch.add(sender, request(kind, sender), answer(kind));
        }
        return batch;
    }

    private Message request(LoadMode kind, Sender sender) {
        return switch (kind) {
            case PING -> new Message.Ping(sender.identity().address());
            case FIND_NODE -> new Message.FindNode(randomId());
            case FIND_VALUE -> {
                Sender holder = senders.get(random.nextInt(senders.size()));
                yield new Message.FindValue(holder.identity().nodeId(), RecordType.ENDPOINT, false);
            }
            case FIND_VALUE_TOPIC -> new Message.FindValue(Topics.keyOf(topic), RecordType.TOPIC, false);
            case STORE -> storeOf(endpointRecord(Identity.generate(random)), Optional.empty());
            case RENEW -> storeOf(newerRecord(sender.identity()), Optional.empty());
            case MIXED -> throw new IllegalArgumentException("not a single kind of request: " + kind);
        };
    }

    private static MessageType answer(LoadMode kind) {
        return switch (kind) {
            case PING -> MessageType.PONG;
            case FIND_NODE -> MessageType.FIND_NODE_RESPONSE;
            case FIND_VALUE, FIND_VALUE_TOPIC -> MessageType.FIND_VALUE_RESPONSE;
            case STORE, RENEW -> MessageType.STORE_RESPONSE;
            case MIXED -> throw new IllegalArgumentException("not a single kind of request: " + kind);
        };
    }

    /** Returns STOREs of the records that the requests of the settings' mode need. */
    RequestBatch preparation(LoadSettings settings) {
        RequestBatch batch = new RequestBatch(codec, random);
        switch (settings.mode()) {
            case FIND_VALUE, MIXED -> {
                for (Sender holder : senders) {
                    batch.add(
                            holder,
                            storeOf(endpointRecord(holder.identity()), Optional.empty()),
                            MessageType.STORE_RESPONSE);
                }
            }
            case FIND_VALUE_TOPIC -> {
                for (int i = 0; i < settings.topicRecords(); i++) {
                    SignedRecord entry = sign(
                            Identity.generate(random),
                            TopicPayload.of(topic, "bench " + i, List.of("mcp"), List.of("load")),
                            now());
                    batch.add(
                            senders.get(i % senders.size()),
                            storeOf(entry, Optional.of(Topics.keyOf(topic))),
                            MessageType.STORE_RESPONSE);
                }
            }
            case PING, FIND_NODE, STORE, RENEW -> {}
        }
        return batch;
    }

    private NodeId randomId() {
        byte[] bytes = new byte[NodeId.LENGTH];
        random.nextBytes(bytes);
        return NodeId.read(bytes, 0);
    }

    private static Message storeOf(SignedRecord record, Optional<NodeId> key) {
        return new Message.Store(record, key);
    }

    private static SignedRecord endpointRecord(Identity identity) {
        return sign(identity, ENDPOINT, now());
    }

    private SignedRecord newerRecord(Identity identity) {
        lastSequence = Math.max(lastSequence + 1, now());
        return sign(identity, ENDPOINT, lastSequence);
    }

    private static long now() {
        return TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis()) - TIMESTAMP_LAG;
    }

    private static SignedRecord sign(Identity identity, RecordPayload payload, long sequence) {
        try {
            return RecordSigner.self(identity.newSigner()).sign(payload, sequence, now(), TTL);
        } catch (InvalidRecordException impossible) {
            throw new IllegalStateException("the load generator made an invalid payload", impossible);
        }
    }
}
