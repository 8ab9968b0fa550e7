package io.a2al.core.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.NodeSettings;
import io.a2al.core.api.Effect;
import io.a2al.core.api.NodeEvent;
import io.a2al.core.guard.Guard;
import io.a2al.core.routing.RoutingTable;
import io.a2al.core.rpc.Outbox;
import io.a2al.core.testing.TestRecords;
import io.a2al.core.time.NodeTime;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.VerifiedRecord;
import io.a2al.protocol.testing.Fixtures;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventReportsTest {

    private final NodeSettings settings = NodeSettings.DEFAULT;
    private final Outbox outbox = new Outbox(new Guard(settings.guard(), 1, new NodeTime(0, Fixtures.NOW)));
    private final EventReports reports =
            new EventReports(new RoutingTable(NodeId.ZERO, settings.guard().subnetLimits()), outbox);

    private int toldAfterHearing(int number) {
        VerifiedRecord record = TestRecords.unsigned(number, 1, Fixtures.NOW, 3600);
        reports.onHeard(record.addressId(), record);
        return outbox.drain().size();
    }

    private List<Effect> surrounded(long nanos, NodeId key) {
        reports.onSurrounded(new NodeTime(nanos, Fixtures.NOW), key, 7);
        return outbox.drain();
    }

    @Test
    void aKeyThatLooksSurroundedIsToldOnceAnHour() {
        NodeId key = Fixtures.A.nodeId();
        assertThat(surrounded(0, key)).as("not wanted yet").isEmpty();
        reports.want(true);
        assertThat(surrounded(1, key)).containsExactly(new Effect.Happened(new NodeEvent.KeySurrounded(key, 7)));
        assertThat(surrounded(EventReports.SURROUNDED_AGAIN, key)).isEmpty();
        assertThat(surrounded(EventReports.SURROUNDED_AGAIN, Fixtures.B.nodeId()))
                .hasSize(1);
        assertThat(surrounded(EventReports.SURROUNDED_AGAIN + 1, key)).hasSize(1);
    }

    @Test
    void aBoundedNumberOfRecordsIsRemembered() {
        reports.want(true);
        for (int i = 0; i < EventReports.MAX_REMEMBERED; i++) {
            assertThat(toldAfterHearing(i)).isEqualTo(1);
        }
        assertThat(toldAfterHearing(0)).as("remembered").isZero();
        toldAfterHearing(EventReports.MAX_REMEMBERED);
        assertThat(toldAfterHearing(1)).as("forgotten").isEqualTo(1);
    }
}
