package io.a2al.core.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.LookupStep;
import io.a2al.core.testing.SoloNode;
import io.a2al.core.time.NodeTime;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StepsTest {

    @Test
    void aLookupTellsABoundedNumberOfSteps() {
        NodeTime now = new NodeTime(0, 0);
        Contact contact = new SoloNode().newPublicPeer().contact();
        List<LookupStep> told = new ArrayList<>();
        Steps steps = new Steps(Optional.of(told::add), NodeId.ZERO, now);
        for (int i = 0; i < LookupTrace.MAX_STEPS + 10; i++) {
            steps.asked(now, contact);
        }
        assertThat(told).hasSize(LookupTrace.MAX_STEPS);
    }
}
