package io.a2al.core.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.testing.TestRecords;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.testing.Fixtures;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PeerVersionsTest {

    private static final NodeId KEY = Fixtures.C.nodeId();
    private static final NodeId PEER = Fixtures.B.nodeId();
    private static final Message EXTENDED = new Message.FindValue(KEY, 1, true);
    private static final Message BASIC = new Message.FindValue(KEY, 1, false);
    private static final Message PUSH = new Message.Push(
            KEY, TestRecords.endpoint(Fixtures.A, "a", 1, Fixtures.NOW, 60).record());

    private final PeerVersions versions = new PeerVersions(2);

    static List<Message> onlyTheNewerOneSends() {
        return List.of(
                EXTENDED,
                new Message.StoreResponse(true, true, 0),
                new Message.StoreResponse(false, false, Message.StoreResponse.REASON_POLICY),
                PUSH,
                new Message.PushAck(KEY, Bytes.zeros(32), false));
    }

    static List<Message> bothSend() {
        return List.of(
                BASIC,
                new Message.Ping(Fixtures.B.address()),
                new Message.Pong(Fixtures.B.address(), Fixtures.observed()),
                new Message.FindNode(KEY),
                Message.StoreResponse.of(true),
                Message.StoreResponse.of(false));
    }

    @ParameterizedTest
    @MethodSource("onlyTheNewerOneSends")
    void extendedFormsGoToPeersThatUsedThem(Message seen) {
        versions.observe(PEER, seen);
        assertThat(versions.formFor(Optional.of(PEER), EXTENDED)).contains(EXTENDED);
        assertThat(versions.formFor(Optional.of(PEER), PUSH)).contains(PUSH);
        assertThat(versions.formFor(Optional.of(KEY), EXTENDED))
                .as("to other peers")
                .contains(BASIC);
        assertThat(versions.formFor(Optional.of(KEY), PUSH))
                .as("to other peers")
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("bothSend")
    void theBasicFormGoesToAllOtherPeers(Message seen) {
        versions.observe(PEER, seen);
        assertThat(versions.formFor(Optional.of(PEER), EXTENDED)).contains(BASIC);
        assertThat(versions.formFor(Optional.of(PEER), PUSH)).isEmpty();
        assertThat(versions.formFor(Optional.empty(), EXTENDED)).contains(BASIC);
        assertThat(versions.formFor(Optional.empty(), seen)).contains(seen);
    }

    @Test
    void anEvictedPeerGetsTheBasicForm() {
        for (int i = 0; i < 3; i++) {
            versions.observe(Fixtures.identity(i).nodeId(), EXTENDED);
        }
        assertThat(versions.formFor(Optional.of(Fixtures.identity(0).nodeId()), EXTENDED))
                .contains(BASIC);
        assertThat(versions.formFor(Optional.of(Fixtures.identity(2).nodeId()), EXTENDED))
                .contains(EXTENDED);
    }
}
