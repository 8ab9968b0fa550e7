package io.a2al.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.Origin;
import io.a2al.core.api.PutResult;
import io.a2al.core.testing.TestRecords;
import io.a2al.core.time.NodeTime;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.RecordPolicy;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.VerifiedRecord;
import io.a2al.protocol.testing.Fixtures;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecordIntakeTest {

    private static final NodeTime NOW = new NodeTime(5, 1_700_000_000L);
    private static final NodeId AGENT = Fixtures.A.nodeId();
    private static final Optional<NodeId> SENDER = Optional.of(Fixtures.B.nodeId());

    private record Heard(NodeTime now, NodeId key, VerifiedRecord record, Optional<NodeId> from, boolean isNew) {}

    private final RecordStore store = new RecordStore(StoreLimits.DEFAULT, RecordPolicy.standard());
    private final RecordIntake intake = new RecordIntake(store);
    private final List<Heard> heard = new ArrayList<>();

    RecordIntakeTest() {
        intake.subscribe((now, key, record, from, isNew) -> heard.add(new Heard(now, key, record, from, isNew)));
    }

    private static VerifiedRecord version(int sequence) {
        return TestRecords.endpoint(Fixtures.A, "x", sequence, NOW.unixSeconds(), 3600);
    }

    private PutResult put(VerifiedRecord record) {
        return intake.put(NOW, NodeId.ZERO, record, Origin.LOCAL, SENDER);
    }

    @Test
    void whatIsStoredIsToldWithTheKeyThatIsMeant() {
        assertThat(put(version(1))).isEqualTo(PutResult.STORED);
        assertThat(heard).containsExactly(new Heard(NOW, AGENT, version(1), SENDER, true));
        assertThat(store.peekAll(AGENT, RecordType.ANY, NOW.unixSeconds())).containsExactly(version(1));
    }

    @Test
    void whatIsHeldAlreadyIsToldAsSuch() {
        put(version(2));
        heard.clear();
        assertThat(put(version(2))).isEqualTo(PutResult.STALE);
        assertThat(heard).containsExactly(new Heard(NOW, AGENT, version(2), SENDER, false));
        assertThat(intake.isHeld(NOW, AGENT, version(2))).isTrue();
    }

    @Test
    void whatIsNotHeldAfterwardsIsNotTold() {
        put(version(2));
        heard.clear();
        assertThat(put(version(1))).as("an older version").isEqualTo(PutResult.STALE);
        VerifiedRecord expired = TestRecords.endpoint(Fixtures.A, "x", 3, NOW.unixSeconds() - 100, 60);
        assertThat(put(expired)).isEqualTo(PutResult.EXPIRED);
        assertThat(heard).isEmpty();
        assertThat(intake.isHeld(NOW, AGENT, version(1))).isFalse();
    }
}
