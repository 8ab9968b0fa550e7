package io.a2al.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.AddressFamilies;
import io.a2al.core.api.Command;
import io.a2al.core.api.Effect;
import io.a2al.core.testing.SoloNode;
import io.a2al.core.testing.SoloNode.Peer;
import io.a2al.core.testing.VirtualNetwork;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.testing.Fixtures;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A peer is told contacts of the address family that it asks by, and no contact is asked that no socket reaches. */
class AddressFamilyTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final SoloNode node = new SoloNode();

    private static Endpoint ipv6(int number) {
        return Endpoint.of(
                InetAddress.ofLiteral("2a01:" + Integer.toHexString(number) + "::1")
                        .getAddress(),
                VirtualNetwork.PORT);
    }

    private static Endpoint mapped(Endpoint ipv4) {
        byte[] ip = new byte[16];
        ip[10] = (byte) 0xff;
        ip[11] = (byte) 0xff;
        System.arraycopy(ipv4.ip(), 0, ip, 12, 4);
        return Endpoint.of(ip, ipv4.port());
    }

    private List<Contact> befriend(int count, boolean ipv4) {
        List<Contact> contacts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Peer peer = ipv4 ? node.newPublicPeer() : node.newPeer(ipv6(100 + i));
            node.befriend(peer);
            contacts.add(peer.contact());
        }
        return contacts;
    }

    private List<Contact> told(Peer asker, Endpoint source, Message question) {
        List<Effect.Send> sent = SoloNode.sends(
                node.receive(asker, source, node.newTransaction(), question),
                message -> message.type().isResponse());
        return switch (sent.getFirst().message()) {
            case Message.FindNodeResponse response -> response.nodes();
            case Message.FindValueResponse response -> response.nodes();
            default -> throw new AssertionError(sent);
        };
    }

    private List<Contact> told(Peer asker, Endpoint source) {
        List<Contact> nodes = told(asker, source, new Message.FindNode(NodeId.ZERO));
        assertThat(told(asker, source, new Message.FindValue(NodeId.ZERO, 0, false)))
                .containsExactlyElementsOf(nodes);
        return nodes;
    }

    @Test
    void aPeerIsToldContactsOfItsOwnFamilyOnly() {
        List<Contact> four = befriend(5, true);
        List<Contact> six = befriend(5, false);
        Peer by4 = node.newPublicPeer();
        node.befriend(by4);
        Peer by6 = node.newPeer(ipv6(7));
        node.befriend(by6);

        assertThat(told(by4, by4.endpoint())).containsExactlyInAnyOrderElementsOf(four);
        assertThat(told(by4, mapped(by4.endpoint())))
                .as("an IPv4-mapped address is an IPv4 address")
                .containsExactlyInAnyOrderElementsOf(four);
        assertThat(AddressFamilies.areSame(mapped(by4.endpoint()), by4.endpoint()))
                .isTrue();
        assertThat(told(by6, by6.endpoint())).containsExactlyInAnyOrderElementsOf(six);
    }

    /** The nearest contacts are all of the other family: those of the asker's are found farther away. */
    @Test
    void theNearestOfTheFamilyAreToldHoweverFar() {
        Peer near = node.newPeerInBucket(9).at(ipv6(1));
        node.befriend(near);
        for (int i = 0; i < 16; i++) {
            node.befriend(node.newPeerInBucket(2).at(ipv6(20 + i)));
        }
        Peer far = node.newPeerInBucket(0);
        node.befriend(far);
        Peer asker = node.newPeerInBucket(0);
        node.befriend(asker);

        List<Contact> told = told(asker, asker.endpoint(), new Message.FindNode(near.id()));

        assertThat(told).containsExactly(far.contact());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void noContactIsAskedThatNoSocketReaches(boolean ipv4) {
        node.core().setFamilies(new AddressFamilies(ipv4, !ipv4));
        Peer teller = ipv4 ? node.newPublicPeer() : node.newPeer(ipv6(1));
        node.befriend(teller);
        Peer inReach = ipv4 ? node.newPublicPeer() : node.newPeer(ipv6(2));
        Peer outOfReach = ipv4 ? node.newPeer(ipv6(3)) : node.newPublicPeer();
        NodeId target = Fixtures.B.nodeId();
        Effect.Send question = SoloNode.sends(node.submit(1, new Command.FindNode(target, TIMEOUT)))
                .getFirst();

        List<Contact> both = List.of(inReach.contact(), outOfReach.contact());
        List<Effect> effects = new ArrayList<>(
                node.answer(teller, question, new Message.FindNodeResponse(Optional.of(both), Fixtures.observed())));
        effects.addAll(node.advance(TIMEOUT));

        assertThat(SoloNode.sends(effects))
                .extracting(Effect.Send::to)
                .contains(inReach.endpoint())
                .doesNotContain(outOfReach.endpoint());
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, true, false",
        "203.0.113.7, true, false",
        "::, true, true",
        "::1, false, true",
        "2001:db8::1, false, true"
    })
    void theAddressOfASocketSaysWhichFamiliesItReaches(String bound, boolean ipv4, boolean ipv6) {
        Endpoint local = Endpoint.of(InetAddress.ofLiteral(bound).getAddress(), 4121);
        assertThat(AddressFamilies.ofSocket(local)).isEqualTo(new AddressFamilies(ipv4, ipv6));
    }
}
