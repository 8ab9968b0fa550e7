package io.a2al.dht;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.PublicationState;
import io.a2al.core.api.PublicationState.Condition;
import io.a2al.core.api.PublicationState.Replica;
import io.a2al.core.api.PublicationState.Surrounding;
import io.a2al.protocol.crypto.Ed25519;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.RecordSigner;
import io.a2al.protocol.record.RecordVerifier;
import io.a2al.protocol.record.VerifiedRecord;
import io.a2al.protocol.testing.Fixtures;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the state of a publication tells its publisher. */
class PublicationNoticeTest {

    private static Replica replica(int number, Condition condition) {
        Optional<Duration> age =
                condition == Condition.CONFIRMED ? Optional.of(Duration.ofMinutes(1)) : Optional.empty();
        return new Replica(
                Contact.of(Fixtures.identity(number).address(), Fixtures.ipv4("cb007107", 4121)), condition, age);
    }

    private static PublicationState state(int keeping, int hiding) throws Exception {
        return state(keeping, hiding, Surrounding.NEVER);
    }

    private static PublicationState state(int keeping, int hiding, Surrounding surrounding) throws Exception {
        VerifiedRecord record = new RecordVerifier(Ed25519.preferred().newVerifier())
                .verify(RecordSigner.self(Fixtures.B.newSigner())
                        .sign(EndpointPayload.of(List.of("https://agent.example")), 1, 1_700_000_000, 3600));
        List<Replica> replicas = Stream.concat(
                        IntStream.range(0, keeping).mapToObj(number -> replica(number, Condition.CONFIRMED)),
                        IntStream.range(0, hiding).mapToObj(number -> replica(100 + number, Condition.HIDING)))
                .toList();
        return new PublicationState(
                record, replicas, 8, Optional.empty(), Optional.empty(), surrounding, Optional.empty());
    }

    @Test
    void howManyNodesKeepTheRecordIsToldIfOthersHideIt() throws Exception {
        assertThat(PublicationNotice.of(state(3, 5))).containsExactly(new PublicationNotice.HiddenByNodes(3, 8, 5));
        assertThat(PublicationNotice.of(state(7, 1))).containsExactly(new PublicationNotice.HiddenByNodes(7, 8, 1));
        assertThat(PublicationNotice.of(state(0, 8))).containsExactly(new PublicationNotice.HiddenByNodes(0, 8, 8));
        assertThat(new PublicationNotice.HiddenByNodes(3, 8, 1).text())
                .startsWith("only 3 of 8 nodes keep the record; 1 node near its key hide");
    }

    @Test
    void nothingIsToldIfEnoughNodesKeepTheRecord() throws Exception {
        assertThat(PublicationNotice.of(state(8, 5))).isEmpty();
        assertThat(PublicationNotice.of(state(8, 0))).isEmpty();
    }

    @Test
    void itIsToldWhenAKeyLooksSurroundedAndWhenItDoesNoLonger() throws Exception {
        assertThat(PublicationNotice.of(state(40, 0, Surrounding.NOW)))
                .containsExactly(new PublicationNotice.Surrounded());
        assertThat(PublicationNotice.of(state(8, 0, Surrounding.NO_LONGER)))
                .containsExactly(new PublicationNotice.NoLongerSurrounded());
    }
}
