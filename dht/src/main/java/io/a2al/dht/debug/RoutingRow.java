package io.a2al.dht.debug;

import io.a2al.core.liveness.PeerHealth;
import io.a2al.dht.DhtNode;
import io.a2al.dht.transport.IpText;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import java.util.List;

/**
 * A contact of the routing table as the debug pages show it, under the names given with each component. Immutable;
 * thread-safe.
 *
 * @param bucket {@code bucket}: how many leading bits the contact's NodeID shares with the node's own, 0 to 255
 * @param distanceHex {@code xor_distance_to_self_hex}: 64 lowercase hexadecimal digits
 * @param addressHex {@code address_hex}: 42 lowercase hexadecimal digits, not the display form
 * @param nodeIdHex {@code node_id_hex}: 64 lowercase hexadecimal digits
 * @param ip {@code ip}: an IPv4 or IPv6 address, without brackets
 * @param port {@code port}: its UDP port
 */
public record RoutingRow(int bucket, String distanceHex, String addressHex, String nodeIdHex, String ip, int port) {

    /** Returns the contacts that are not known to be dead, by bucket, each bucket least recently verified first. */
    public static List<RoutingRow> of(DhtNode node) {
        NodeId self = node.nodeId();
        return node.contacts().stream()
                .filter(contact -> node.peers().healthOf(contact.nodeId()) != PeerHealth.State.BAD)
                .map(contact -> of(self, contact))
                .toList();
    }

    private static RoutingRow of(NodeId self, Contact contact) {
        return new RoutingRow(
                self.commonPrefixLength(contact.nodeId()),
                self.distance(contact.nodeId()).toHex(),
                contact.address().toBytes().toHex(),
                contact.nodeId().toHex(),
                IpText.of(contact.endpoint().ip()),
                contact.endpoint().port());
    }
}
