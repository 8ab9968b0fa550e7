package io.a2al.core.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.NodeSettings;
import io.a2al.core.guard.Guard;
import io.a2al.core.routing.RoutingTable;
import io.a2al.core.rpc.Outbox;
import io.a2al.core.testing.TestRecords;
import io.a2al.core.time.NodeTime;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.VerifiedRecord;
import io.a2al.protocol.testing.Fixtures;
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
