package io.a2al.core.serve;

import io.a2al.core.api.Admission;
import io.a2al.core.guard.Guard;
import io.a2al.core.nat.NatService;
import io.a2al.core.push.ListenService;
import io.a2al.core.routing.ContactMemory;
import io.a2al.core.routing.Peers;
import io.a2al.core.routing.RoutingTable;
import io.a2al.core.rpc.Requests;
import io.a2al.core.time.NodeTime;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Envelope;
import io.a2al.protocol.message.Header;
import io.a2al.protocol.message.MessageType;
import java.time.Duration;

/**
 * Decides before any signature is checked which datagrams are worth that. Asked once per datagram, so it has to be
 * cheap. Not thread-safe.
 */
public final class DatagramAdmission {

    /** A node that verifies a client does so within seconds after its answer. */
    private static final Duration IN_TOUCH = Duration.ofMinutes(1);

    private final Address self;
    private final RoutingTable table;
    private final ContactMemory memory;
    private final Requests requests;
    private final NatService nat;
    private final ListenService listeners;
    private final Guard guard;

    public DatagramAdmission(
            Address self, Peers peers, Requests requests, NatService nat, ListenService listeners, Guard guard) {
        this.self = self;
        this.table = peers.table();
        this.memory = peers.memory();
        this.requests = requests;
        this.nat = nat;
        this.listeners = listeners;
        this.guard = guard;
    }

    /** Admits any request that keeps to the rates, but only those responses, echoes and pushes that are awaited. */
    public Admission admit(NodeTime now, Endpoint from, Envelope envelope) {
        return guard.count(judge(now, from, envelope));
    }

    private Admission judge(NodeTime now, Endpoint from, Envelope envelope) {
        if (!from.isDialable()) {
            // Nothing can be answered to port 0 or to a group; only forged datagrams claim to come from there.
            return Admission.UNREACHABLE_SOURCE;
        }
        if (envelope.sender().equals(self)) {
            return Admission.OWN_IDENTITY;
        }
        Header header = envelope.header();
        boolean answer = header.type().isResponse();
        boolean awaited = answer && requests.awaits(from, header);
        boolean welcome = switch (header.type()) {
            case NAT_PROBE_ECHO -> nat.awaitsEcho();
            case PUSH -> listeners.expectsPushes();
            default -> !answer || awaited || requests.carriesToken(now, from, header);
        };
        if (!welcome) {
            return Admission.UNSOLICITED;
        }
        boolean answersUs = awaited || header.type() == MessageType.NAT_PROBE_ECHO;
        return answersUs ? Admission.ADMITTED : guard.admitRequest(now, from);
    }

    /** Returns true if an echo probe is to be returned to its source, where no other node may be. */
    public boolean mayEcho(NodeTime now, Endpoint from, Bytes probe) {
        return guard.mayEcho(
                now,
                from,
                probe,
                source -> table.contacts().stream()
                        .anyMatch(contact -> contact.endpoint().hasSameIp(source)));
    }

    /** Returns true if the node answered a request of ours from this IP address within the last minute. */
    public boolean isInTouch(NodeTime now, Endpoint from, NodeId node) {
        return memory.isVerifiedSince(node, from, now.nanos() - IN_TOUCH.toNanos());
    }
}
