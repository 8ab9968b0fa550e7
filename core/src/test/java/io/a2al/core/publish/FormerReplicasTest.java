package io.a2al.core.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.testing.TestRecords;
import io.a2al.core.testing.VirtualNetwork;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FormerReplicasTest {

    private static final NodeId KEY = TestRecords.publisher(0).nodeId();
    private static final VerifiedRecord OLD = TestRecords.unsigned(1, 1, 1000, 3600);
    private static final VerifiedRecord PRESENT = TestRecords.unsigned(1, 2, 1001, 3600);

    private final FormerReplicas former = new FormerReplicas();

    /** The nearest to the key first. */
    private final List<Contact> nodes = IntStream.rangeClosed(1, 4)
            .mapToObj(number ->
                    Contact.of(TestRecords.publisher(number).address(), VirtualNetwork.publicEndpoint(number)))
            .sorted(Comparator.comparing(Contact::nodeId, KEY.byDistance()))
            .toList();

    @Test
    void theNearestWithAnotherRecordIsTakenOnce() {
        former.add(nodes.get(2), OLD, KEY, 8);
        former.add(nodes.get(1), OLD, KEY, 8);
        former.add(nodes.get(0), PRESENT, KEY, 8);

        assertThat(former.takeWithout(PRESENT)).contains(nodes.get(1));
        assertThat(former.takeWithout(PRESENT)).contains(nodes.get(2));
        assertThat(former.takeWithout(PRESENT)).isEmpty();
        assertThat(former.takeWithout(OLD)).contains(nodes.get(0));
    }

    @Test
    void theFarthestOfTooManyIsForgotten() {
        nodes.reversed().forEach(node -> former.add(node, OLD, KEY, 2));

        assertThat(former.takeWithout(PRESENT)).contains(nodes.get(0));
        assertThat(former.takeWithout(PRESENT)).contains(nodes.get(1));
        assertThat(former.takeWithout(PRESENT)).isEmpty();
    }

    @Test
    void aNodeIsThereOnceWithWhatItConfirmedLast() {
        former.add(nodes.get(0), OLD, KEY, 8);
        former.add(nodes.get(0), PRESENT, KEY, 8);
        assertThat(former.takeWithout(PRESENT)).isEmpty();

        former.forget(nodes.get(0).nodeId());

        assertThat(former.takeWithout(OLD)).isEmpty();
    }
}
