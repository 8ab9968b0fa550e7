package io.a2al.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.Origin;
import io.a2al.core.testing.TestRecords;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.record.VerifiedRecord;
import io.a2al.protocol.testing.Fixtures;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Records of one address, of which two may stay. */
class AddressMergeTest {

    private static final AddressMerge MERGE = new AddressMerge(2);

    private static Held endpoint(Identity key, int age) {
        return held(TestRecords.endpoint(key, "x", 1, Fixtures.NOW - age, 60));
    }

    private static Held other(int type, int age) {
        return held(TestRecords.opaque(Fixtures.A, type, Bytes.fromHex("a0"), 1, Fixtures.NOW - age, 60));
    }

    private static Held held(VerifiedRecord record) {
        return Held.of(1, record, Origin.EXEMPT, Retention.DEFAULT, Fixtures.NOW);
    }

    private static List<Held> trimmed(Held... records) {
        List<Held> trimmed = new ArrayList<>(List.of(records));
        MERGE.trim(trimmed);
        return trimmed;
    }

    @Test
    void asManyAsMayStayDoStay() {
        Held endpoint = endpoint(Fixtures.A, 0);
        Held other = other(2, 5);
        assertThat(trimmed(other, endpoint)).containsExactly(other, endpoint);
    }

    @Test
    void ofTooManyTheOneStoredFirstThatIsNoEndpointGivesWay() {
        Held endpoint = endpoint(Fixtures.A, 9);
        Held first = other(2, 0);
        Held second = other(3, 5);
        assertThat(trimmed(endpoint, first, second)).containsExactly(endpoint, second);
        Held third = other(4, 7);
        assertThat(trimmed(endpoint, first, second, third)).containsExactly(endpoint, third);
    }

    @Test
    void ofEndpointsOnlyTheEarliestGivesWay() {
        Held first = endpoint(Fixtures.A, 1);
        Held earliest = endpoint(Fixtures.B, 2);
        Held last = endpoint(Fixtures.C, 0);
        assertThat(trimmed(first, earliest, last)).containsExactly(first, last);
    }
}
