package io.a2al.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.Origin;
import io.a2al.core.testing.TestRecords;
import io.a2al.protocol.record.RecordSlot.Group;
import io.a2al.protocol.testing.Fixtures;
import org.junit.jupiter.api.Test;

class HeldTest {

    private static Held from(Origin origin) {
        return Held.of(
                1,
                TestRecords.endpoint(Fixtures.A, "x", 1, Fixtures.NOW - 5, 60),
                origin,
                Retention.DEFAULT,
                Fixtures.NOW);
    }

    @Test
    void onlyWhatComesFromAnUnverifiedAddressIsKeptForAWhileFromItsArrival() {
        assertThat(from(Origin.UNPROVEN).until()).isEqualTo(Fixtures.NOW + 7200);
        assertThat(Long.toUnsignedString(from(Origin.EXEMPT).until()))
                .as("no limit")
                .isEqualTo("18446744073709551615");
        assertThat(from(Origin.EXEMPT).group()).isEqualTo(Group.ADDRESS);
    }
}
