package io.a2al.examples;

import io.a2al.dht.DhtNode;
import io.a2al.dht.result.ResolveResult;
import io.a2al.dht.transport.Endpoints;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.RecordPolicy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;

/** A policy of its own: the node keeps and believes records of the members of a group only. */
public final class ClosedGroup {

    private ClosedGroup() {}

    /** Joins through the node at {@code args[0]}. */
    public static void main(String[] args) throws IOException, InterruptedException {
        run(Endpoints.parse(args[0], DhtNode.DEFAULT_PORT));
    }

    /** Called for each record, possibly on several threads at a time: quick, and without locks. */
    static RecordPolicy membersOnly(Set<Address> members) {
        return RecordPolicy.standard()
                .and((key, record, now) -> members.contains(record.record().address()));
    }

    static void run(InetSocketAddress seed) throws IOException, InterruptedException {
        Identity member = Identity.generate(new SecureRandom());
        Identity stranger = Identity.generate(new SecureRandom());
        Identity own = Identity.generate(new SecureRandom());
        try (DhtNode first = nodeAt(seed, member, RecordPolicy.standard());
                DhtNode second = nodeAt(seed, stranger, RecordPolicy.standard());
                DhtNode reader = nodeAt(seed, own, membersOnly(Set.of(own.address(), member.address())))) {
            first.publish(EndpointPayload.of(List.of("https://member.example")));
            second.publish(EndpointPayload.of(List.of("https://stranger.example")));
            System.out.println("member: " + isFound(reader, member.address()));
            System.out.println("stranger: " + isFound(reader, stranger.address()));
        }
    }

    private static boolean isFound(DhtNode node, Address agent) throws InterruptedException {
        return node.resolve(agent) instanceof ResolveResult.Found;
    }

    private static DhtNode nodeAt(InetSocketAddress seed, Identity identity, RecordPolicy policy)
            throws IOException, InterruptedException {
        InetSocketAddress listen = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
        DhtNode node = DhtNode.builder()
                .identity(identity)
                .listen(listen)
                .recordPolicy(policy)
                .build()
                .start();
        node.bootstrap(List.of(seed));
        return node;
    }
}
