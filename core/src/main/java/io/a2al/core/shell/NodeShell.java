package io.a2al.core.shell;

import io.a2al.core.api.Admission;
import io.a2al.core.api.DropReason;
import io.a2al.core.api.Effect;
import io.a2al.core.api.Input;
import io.a2al.core.api.LookupStep;
import io.a2al.core.api.NodeEvent;
import io.a2al.core.api.Outcome;
import io.a2al.core.api.StoredRecord;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Envelope;
import io.a2al.protocol.message.Header;
import io.a2al.protocol.message.MalformedMessageException;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.MessageCodec;
import io.a2al.protocol.message.MessageType;
import io.a2al.protocol.message.TransactionId;
import io.a2al.protocol.record.InvalidRecordException;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes datagrams into the core and carries out its effects. A datagram is checked before, the cheapest check first:
 * size, shape, whether it is admitted, the packet's signature, its records' signatures. Messages that the core sends
 * are signed here; a request that could not be sent goes back into the core. Signatures are made and checked outside
 * the core's turn. Belongs to one thread at a time.
 */
public final class NodeShell {

    private static final byte ECHO_PROBE = (byte) 0xEC;

    private final CoreTurn turn;
    private final Keys keys;
    private final KnownRecords records;
    private final DatagramOutput output;
    private final Notices notices;
    private final boolean serving;

    /**
     * A shell around a core.
     *
     * @param serving false for a node in client mode, which drops requests, other than PINGs of nodes that it asked
     *     lately, and marks its answers to those
     */
    public NodeShell(CoreTurn turn, Keys keys, DatagramOutput output, Notices notices, boolean serving) {
        this.turn = turn;
        this.keys = keys;
        this.records = new KnownRecords(keys.records());
        this.output = output;
        this.notices = notices;
        this.serving = serving;
    }

    // ---- in ---------------------------------------------------------------------------------------------------

    /** Takes the datagram in the first {@code length} bytes of a buffer. */
    public void receive(Endpoint from, byte[] buffer, int length) {
        Optional<Envelope> envelope = decode(from, buffer, length);
        if (envelope.isPresent()) {
            accept(from, envelope.get(), length);
        }
    }

    /** Returns the message in a datagram by its shape alone; empty if there is none, or if it was dealt with. */
    public Optional<Envelope> decode(Endpoint from, byte[] buffer, int length) {
        if (length == 0) {
            notices.dropped(from, DropReason.EMPTY);
        } else if (length > MessageCodec.MAX_DATAGRAM) {
            notices.dropped(from, DropReason.TOO_LONG);
        } else if (isEchoProbe(buffer, length)) {
            onEchoProbe(from, buffer, length);
        } else {
            try {
                return Optional.of(keys.codec().decode(buffer, length));
            } catch (MalformedMessageException malformed) {
                notices.dropped(from, reason(malformed));
            }
        }
        return Optional.empty();
    }

    private static boolean isEchoProbe(byte[] buffer, int length) {
        return length >= 2 && buffer[0] == 0 && buffer[1] == ECHO_PROBE;
    }

    private void onEchoProbe(Endpoint from, byte[] buffer, int length) {
        notices.dropped(from, DropReason.ECHO_PROBE);
        if (serving && turn.mayEcho(from, Bytes.copyOfRange(buffer, 0, length))) {
            output.send(from, buffer, length, false);
        }
    }

    private static DropReason reason(MalformedMessageException malformed) {
        return switch (malformed.reason()) {
            case ENCODING -> DropReason.MALFORMED;
            case TYPE -> DropReason.UNKNOWN_TYPE;
            case IDENTITY -> DropReason.WRONG_IDENTITY;
        };
    }

    /**
     * Takes the message that was {@linkplain #decode decoded} last.
     *
     * @param length of its datagram
     */
    public void accept(Endpoint from, Envelope envelope, int length) {
        if (!serving && isService(envelope.header().type()) && !isProofWanted(from, envelope)) {
            notices.dropped(from, DropReason.NOT_SERVING);
            return;
        }
        Admission admission = turn.admit(from, envelope);
        if (admission != Admission.ADMITTED) {
            notices.dropped(from, reason(admission));
            return;
        }
        if (!keys.codec().verify(envelope)) {
            notices.dropped(from, DropReason.BAD_SIGNATURE);
            return;
        }
        notices.accepted();
        handle(new Input.Received(from, envelope, length, verified(envelope.message())));
    }

    /** Returns whether a message is one that only a node that serves peers reacts to. */
    private static boolean isService(MessageType type) {
        return switch (type) {
            case PING, FIND_NODE, FIND_VALUE, STORE, NAT_PROBE_REQUEST -> true;
            case PONG, FIND_NODE_RESPONSE, FIND_VALUE_RESPONSE, STORE_RESPONSE, NAT_PROBE_ECHO, PUSH, PUSH_ACK -> false;
        };
    }

    /** Returns whether this is the PING of a node that a client asked, by which that node verifies the client. */
    private boolean isProofWanted(Endpoint from, Envelope envelope) {
        return envelope.header().type() == MessageType.PING && turn.isInTouch(from, envelope.senderId());
    }

    private static DropReason reason(Admission admission) {
        return switch (admission) {
            case ADMITTED -> throw new IllegalArgumentException("an admitted message is not dropped");
            case UNSOLICITED -> DropReason.UNSOLICITED;
            case UNREACHABLE_SOURCE -> DropReason.UNREACHABLE_SOURCE;
            case OWN_IDENTITY -> DropReason.OWN_IDENTITY;
            case SOURCE_RATE -> DropReason.SOURCE_RATE;
            case PREFIX_RATE -> DropReason.PREFIX_RATE;
            case TOTAL_RATE -> DropReason.TOTAL_RATE;
        };
    }

    private List<VerifiedRecord> verified(Message message) {
        List<SignedRecord> candidates = message.records();
        if (candidates.isEmpty()) {
            return List.of();
        }
        List<VerifiedRecord> verified = new ArrayList<>(candidates.size());
        for (SignedRecord candidate : candidates) {
            try {
                verified.add(records.verify(candidate));
            } catch (InvalidRecordException invalid) {
                notices.recordRefused();
            }
        }
        return verified;
    }

    // ---- out --------------------------------------------------------------------------------------------------

    /** Feeds an input to the core and carries out what follows from it. */
    public void handle(Input input) {
        List<TransactionId> unsent = carryOut(turn.handle(input));
        while (!unsent.isEmpty()) {
            List<TransactionId> next = new ArrayList<>();
            for (TransactionId transaction : unsent) {
                next.addAll(carryOut(turn.handle(new Input.Unsent(transaction))));
            }
            unsent = next;
        }
    }

    /** Returns the requests that could not be sent. */
    private List<TransactionId> carryOut(List<Effect> effects) {
        List<TransactionId> unsent = List.of();
        for (int i = 0; i < effects.size(); i++) {
            switch (effects.get(i)) {
                case Effect.Send(Endpoint to, TransactionId transaction, Message message, int paddedLength) -> {
                    if (!send(to, transaction, message, paddedLength)
                            && !message.type().isResponse()) {
                        unsent = unsent.isEmpty() ? new ArrayList<>() : unsent;
                        unsent.add(transaction);
                    }
                }
                case Effect.Complete(long operation, Outcome outcome) -> notices.completed(operation, outcome);
                case Effect.Observed(NodeId reporter, Endpoint observed) -> notices.observed(reporter, observed);
                case Effect.Heard(long listener, VerifiedRecord record) -> notices.heard(listener, record);
                case Effect.Traced(long operation, LookupStep step) -> notices.traced(operation, step);
                case Effect.Happened(NodeEvent event) -> notices.happened(event);
                case Effect.Persist(long number, StoredRecord record) -> notices.persist(number, record);
                case Effect.Forget(long number) -> notices.forget(number);
                case Effect.RestoreKey(NodeId key) -> notices.restoreKey(key);
                case Effect.SaveDue() -> notices.saveDue();
                case Effect.SeedsWanted() -> notices.seedsWanted();
                case Effect.RenewalDue(long publication) -> notices.renewalDue(publication);
            }
        }
        return unsent;
    }

    /** Signs a message and sends it without padding; returns false if it could not be sent. */
    public boolean send(Endpoint to, TransactionId transaction, Message message) {
        return send(to, transaction, message, 0);
    }

    private boolean send(Endpoint to, TransactionId transaction, Message message, int paddedLength) {
        MessageCodec codec = keys.codec();
        Header header = Header.of(message.type(), transaction);
        boolean marked = !serving && message.type() == MessageType.PONG;
        int length = codec.encode(marked ? header.ofClient() : header, message, keys.signer(), paddedLength);
        if (length > MessageCodec.MAX_DATAGRAM) {
            output.oversized(to, codec.buffer(), length);
            return false;
        }
        return message.type() == MessageType.STORE_RESPONSE
                ? output.confirm(to, codec.buffer(), length)
                : output.send(to, codec.buffer(), length, message.type().isResponse());
    }
}
