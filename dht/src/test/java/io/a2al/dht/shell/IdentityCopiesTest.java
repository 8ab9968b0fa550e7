package io.a2al.dht.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.DropReason;
import io.a2al.dht.TestNodes;
import io.a2al.dht.transport.Endpoints;
import io.a2al.protocol.message.Endpoint;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.slf4j.event.EventRecordingLogger;
import org.slf4j.event.SubstituteLoggingEvent;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.helpers.SubstituteLogger;

/** What is said, and how often, when datagrams have the identity of the node that receives them. */
class IdentityCopiesTest {

    private final Queue<SubstituteLoggingEvent> events = new ArrayDeque<>();
    private final EventRecordingLogger log =
            new EventRecordingLogger(new SubstituteLogger("test", events, true), events);
    private Optional<Endpoint> observed = Optional.empty();

    private static Endpoint endpoint(String text) {
        return Endpoints.of(Endpoints.parse(text, 4121));
    }

    private IdentityCopies listeningAt(String local) {
        return new IdentityCopies(
                TestNodes.identity("copied").address(), endpoint(local), () -> observed, Runnable::run, log);
    }

    @Test
    void aCopyIsReportedOnceWithWhatToDo() {
        IdentityCopies copies = listeningAt("0.0.0.0:4121");
        for (int i = 0; i < 1000; i++) {
            copies.onOwnIdentity(endpoint("[2001:db8::7]:4121"));
        }
        SubstituteLoggingEvent event = events.remove();
        assertThat(event.getLevel()).hasToString("WARN");
        assertThat(MessageFormatter.arrayFormat(event.getMessage(), event.getArgumentArray())
                        .getMessage())
                .isEqualTo("a datagram from [2001:db8::7]:4121 has this node's own identity "
                        + TestNodes.identity("copied").address()
                        + "; if another node runs with a copy of its key, stop that node and give it a data directory"
                        + " of its own");
        assertThat(events).isEmpty();
    }

    @Test
    void aCopyOnTheSameMachineIsReported() {
        listeningAt("127.0.0.1:4121").onOwnIdentity(endpoint("127.0.0.1:4122"));
        assertThat(events).hasSize(1);
    }

    @Test
    void itsOwnRequestsAreNoCopyAndHideNone() {
        observed = Optional.of(endpoint("203.0.113.7:50000"));
        IdentityCopies copies = listeningAt("0.0.0.0:4121");
        copies.onOwnIdentity(endpoint("127.0.0.1:4121"));
        copies.onOwnIdentity(endpoint("203.0.113.7:50001"));
        assertThat(events).isEmpty();
        copies.onOwnIdentity(endpoint("203.0.113.8:4121"));
        assertThat(events).hasSize(1);
    }

    @Test
    void onlyDatagramsWithTheNodesOwnIdentityAreLookedAt() {
        for (DropReason reason : DropReason.values()) {
            events.clear();
            listeningAt("0.0.0.0:4121").onDropped(endpoint("192.0.2.1:9"), reason);
            assertThat(events).as("%s", reason).hasSize(reason == DropReason.OWN_IDENTITY ? 1 : 0);
        }
    }
}
