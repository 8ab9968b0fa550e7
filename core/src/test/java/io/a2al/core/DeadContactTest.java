package io.a2al.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.Command;
import io.a2al.core.api.Command.Want;
import io.a2al.core.api.Effect;
import io.a2al.core.testing.SoloNode;
import io.a2al.core.testing.SoloNode.Peer;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.testing.Fixtures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A contact that the routing table has no place for, and that has died. */
class DeadContactTest {

    private final SoloNode node = new SoloNode();
    private final List<Peer> peers = new ArrayList<>();
    private final Peer dead;
    private boolean networkWorks = true;

    DeadContactTest() {
        for (int i = 0; i < 16; i++) {
            Peer peer = node.newPeerInBucket(0);
            node.befriend(peer);
            peers.add(peer);
        }
        dead = node.newPeerInBucket(0);
        node.pong(dead, SoloNode.pings(node.submit(100, pingTo(dead))).getFirst());
        assertThat(node.core().contacts()).doesNotContain(dead.contact());
    }

    private static Command pingTo(Peer peer) {
        return new Command.Ping(peer.endpoint(), Duration.ofSeconds(2));
    }

    private List<Effect> answer(Effect.Send question, List<Contact> nodes) {
        for (Peer peer : peers) {
            if (peer.endpoint().equals(question.to())) {
                return switch (question.message()) {
                    case Message.Ping ping -> node.pong(peer, question);
                    case Message.FindValue find ->
                        node.answer(
                                peer,
                                question,
                                new Message.FindValueResponse(
                                        Optional.of(nodes), Optional.empty(), Fixtures.observed(), List.of()));
                    default -> List.of();
                };
            }
        }
        return List.of();
    }

    /** Looks for a record at the key of the dead node, which all others name; returns the requests to the dead node. */
    private List<Message> lookUp(long operation) {
        List<Message> toDead = new ArrayList<>();
        List<Effect.Send> open = new ArrayList<>(SoloNode.sends(node.submit(
                operation,
                new Command.FindRecords(dead.id(), RecordType.ENDPOINT, Want.NEWEST, Duration.ofSeconds(5)))));
        for (int i = 0; i < 60; i++) {
            while (!open.isEmpty()) {
                Effect.Send send = open.removeFirst();
                if (send.to().equals(dead.endpoint())) {
                    toDead.add(send.message());
                }
                open.addAll(SoloNode.sends(answer(send, List.of(dead.contact()))));
            }
            if (i % 10 == 0 && networkWorks) {
                open.addAll(SoloNode.sends(node.submit(1000 + i, pingTo(peers.getFirst()))));
            }
            open.addAll(SoloNode.sends(node.advance(Duration.ofMillis(100))));
        }
        return toDead;
    }

    @Test
    void itIsPingedOnceAndNotAskedAgainAlthoughPeersNameIt() {
        assertThat(lookUp(1))
                .hasAtLeastOneElementOfType(Message.FindValue.class)
                .hasAtLeastOneElementOfType(Message.Ping.class);
        assertThat(lookUp(2)).isEmpty();
        node.advance(Duration.ofMinutes(5));
        assertThat(lookUp(3)).as("it may be back").hasAtLeastOneElementOfType(Message.FindValue.class);
    }

    @Test
    void itsSilenceSaysNothingIfNoOtherNodeAnswersEither() {
        networkWorks = false;
        assertThat(lookUp(1)).hasAtLeastOneElementOfType(Message.Ping.class);
        assertThat(lookUp(2)).hasAtLeastOneElementOfType(Message.FindValue.class);
    }
}
