package io.a2al.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.Command;
import io.a2al.core.api.Effect;
import io.a2al.core.routing.RoutingTable;
import io.a2al.core.routing.RoutingTable.Evidence;
import io.a2al.core.routing.RoutingTable.Offer;
import io.a2al.core.testing.SoloNode;
import io.a2al.core.testing.SoloNode.Peer;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.testing.Fixtures;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Known-defects D-29: an impossible contact is dropped; the other contacts of its message count, and requests near it
 * are answered.
 */
class D29InvalidContactTest {

    private final SoloNode node = new SoloNode();
    private final Contact good = node.newPeer().contact();

    private List<Contact> invalid() {
        byte[] foreign = good.address().toArray();
        foreign[0] = (byte) 0xA3;
        Endpoint unspecified = Endpoint.of(new byte[16], 4121);
        return List.of(
                good.at(good.endpoint().withPort(0)),
                good.at(unspecified),
                good.at(Fixtures.ipv4("ffffffff", 4121)),
                good.at(Fixtures.ipv4("e0000001", 4121)),
                new Contact(good.address(), good.nodeId().flipBit(7), good.endpoint()),
                Contact.of(Address.read(foreign, 0), good.endpoint()));
    }

    @Test
    void theTableRefusesThemWhateverTheEvidence() {
        RoutingTable table = new RoutingTable(SoloNode.SELF.nodeId());
        for (Contact contact : invalid()) {
            for (Evidence evidence : Evidence.values()) {
                assertThat(table.offer(contact, evidence, 1)).as("%s", contact).isEqualTo(Offer.REFUSED);
            }
            assertThat(node.core().addContact(node.now(), contact)).isEqualTo(Offer.REFUSED);
        }
        assertThat(table.size()).isZero();
        assertThat(node.core().contacts()).isEmpty();
    }

    @Test
    void oneInAnAnswerDoesNotSpoilTheOthers() {
        Peer teller = node.newPeer();
        node.befriend(teller);
        for (Contact contact : invalid()) {
            Peer told = node.newPeer();
            List<Effect> effects = node.submit(1, new Command.FindNode(good.nodeId(), Duration.ofSeconds(2)));
            Effect.Send question =
                    SoloNode.sends(effects, Message.FindNode.class::isInstance).getFirst();
            Message answer =
                    new Message.FindNodeResponse(Optional.of(List.of(contact, told.contact())), Fixtures.observed());
            assertThat(SoloNode.sends(node.answer(teller, question, answer)))
                    .as("%s", contact)
                    .extracting(Effect.Send::to)
                    .containsExactly(told.endpoint());
            node.advance(Duration.ofSeconds(3));
        }
    }

    @Test
    void requestsNearAnInvalidContactAreAnswered() {
        Peer friend = node.newPeer();
        node.befriend(friend);
        invalid().forEach(contact -> node.core().addContact(node.now(), contact));
        Peer asker = node.newPeer();
        for (Contact contact : invalid()) {
            Message answer = SoloNode.sends(node.request(asker, new Message.FindNode(contact.nodeId())))
                    .getFirst()
                    .message();
            assertThat(((Message.FindNodeResponse) answer).nodes()).containsExactly(friend.contact());
        }
    }
}
