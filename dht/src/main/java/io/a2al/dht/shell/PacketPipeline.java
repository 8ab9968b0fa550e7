package io.a2al.dht.shell;

import io.a2al.core.api.Admission;
import io.a2al.core.api.DropReason;
import io.a2al.core.api.Input;
import io.a2al.dht.transport.DatagramHandler;
import io.a2al.dht.transport.Transport;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Ed25519;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.crypto.SignatureVerifier;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Envelope;
import io.a2al.protocol.message.MalformedMessageException;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.MessageCodec;
import io.a2al.protocol.message.MessageType;
import io.a2al.protocol.record.InvalidRecordException;
import io.a2al.protocol.record.RecordVerifier;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.ArrayList;
import java.util.List;

/**
 * The way of a datagram from the socket to the core and back, cheapest check first: size, shape, whether anybody waits
 * for it and rates allow it, the packet's signature, its records' signatures, then the core under its lock, then the
 * answers, which are sent together where requests come faster than they are answered. One instance per receiving
 * thread, which does all of it; not thread-safe.
 */
public final class PacketPipeline implements DatagramHandler {

    private static final byte ECHO_PROBE = (byte) 0xEC;

    private final CoreDriver driver;
    private final Transport transport;
    private final Traffic traffic;
    private final MessageCodec codec;
    private final RecordVerifier records;
    private final PacketSender sender;
    private final boolean serving;

    /**
     * The pipeline of one thread.
     *
     * @param serving false to drop what only nodes that serve others react to
     */
    public PacketPipeline(CoreDriver driver, Identity identity, Transport transport, Traffic traffic, boolean serving) {
        SignatureVerifier signatures = Ed25519.preferred().newVerifier();
        this.driver = driver;
        this.transport = transport;
        this.traffic = traffic;
        this.serving = serving;
        this.codec = new MessageCodec(signatures);
        this.records = new RecordVerifier(signatures);
        this.sender = PacketSender.holdingAnswers(codec, identity, transport, traffic);
    }

    @Override
    public void onDatagram(Endpoint from, byte[] buffer, int length) {
        traffic.countReceived();
        if (length == 0) {
            traffic.countDropped(DropReason.EMPTY);
            return;
        }
        if (length > MessageCodec.MAX_DATAGRAM) {
            traffic.countDropped(DropReason.TOO_LONG);
            return;
        }
        if (isEchoProbe(buffer, length)) {
            onEchoProbe(from, buffer, length);
            return;
        }
        Envelope envelope;
        try {
            envelope = codec.decode(buffer, length);
        } catch (MalformedMessageException e) {
            traffic.countDropped(
                    switch (e.reason()) {
                        case ENCODING -> DropReason.MALFORMED;
                        case TYPE -> DropReason.UNKNOWN_TYPE;
                        case IDENTITY -> DropReason.WRONG_IDENTITY;
                    });
            return;
        }
        if (!serving && isService(envelope.header().type())) {
            traffic.countDropped(DropReason.NOT_SERVING);
            return;
        }
        Admission admission = driver.admit(from, envelope);
        if (admission != Admission.ADMITTED) {
            traffic.countDropped(
                    switch (admission) {
                        case ADMITTED -> throw new AssertionError("admitted");
                        case UNSOLICITED -> DropReason.UNSOLICITED;
                        case UNREACHABLE_SOURCE -> DropReason.UNREACHABLE_SOURCE;
                        case OWN_IDENTITY -> DropReason.OWN_IDENTITY;
                        case SOURCE_RATE -> DropReason.SOURCE_RATE;
                        case PREFIX_RATE -> DropReason.PREFIX_RATE;
                        case TOTAL_RATE -> DropReason.TOTAL_RATE;
                    });
            return;
        }
        if (!codec.verify(envelope)) {
            traffic.countDropped(DropReason.BAD_SIGNATURE);
            return;
        }
        traffic.countAccepted();
        driver.handle(new Input.Received(from, envelope, length, verified(envelope.message())), sender);
    }

    @Override
    public void onDrained() {
        sender.sendAnswers();
    }

    private static boolean isEchoProbe(byte[] buffer, int length) {
        return length >= 2 && buffer[0] == 0 && buffer[1] == ECHO_PROBE;
    }

    private void onEchoProbe(Endpoint from, byte[] buffer, int length) {
        traffic.countDropped(DropReason.ECHO_PROBE);
        if (serving && driver.mayEcho(from, Bytes.copyOfRange(buffer, 0, length))) {
            traffic.countSent(transport.send(from, buffer, length));
        }
    }

    /** True for what only a node that serves others reacts to. */
    private static boolean isService(MessageType type) {
        return switch (type) {
            case PING, FIND_NODE, FIND_VALUE, STORE, NAT_PROBE_REQUEST -> true;
            case PONG, FIND_NODE_RESPONSE, FIND_VALUE_RESPONSE, STORE_RESPONSE, NAT_PROBE_ECHO, PUSH, PUSH_ACK -> false;
        };
    }

    private List<VerifiedRecord> verified(Message message) {
        return switch (message) {
            case Message.Store store -> verified(List.of(store.record()));
            case Message.FindValueResponse response -> verified(response.records());
            case Message.Push push -> verified(List.of(push.record()));
            default -> List.of();
        };
    }

    private List<VerifiedRecord> verified(List<SignedRecord> candidates) {
        List<VerifiedRecord> verified = new ArrayList<>(candidates.size());
        for (SignedRecord candidate : candidates) {
            try {
                verified.add(records.verify(candidate));
            } catch (InvalidRecordException refused) {
                traffic.countRefusedRecord();
            }
        }
        return verified;
    }
}
