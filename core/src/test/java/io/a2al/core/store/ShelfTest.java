package io.a2al.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.Origin;
import io.a2al.core.testing.TestRecords;
import io.a2al.protocol.record.RecordSlot.Group;
import io.a2al.protocol.record.VerifiedRecord;
import io.a2al.protocol.testing.Fixtures;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShelfTest {

    private static final VerifiedRecord ENDPOINT = TestRecords.endpoint(Fixtures.A, "x", 1, Fixtures.NOW, 60);
    private static final VerifiedRecord TOPIC = TestRecords.topic(Fixtures.B, "t", 1, Fixtures.NOW, 60);
    private static final VerifiedRecord NOTE =
            TestRecords.note(Fixtures.B, Fixtures.A.address(), 1, 1, Fixtures.NOW, 60);

    private static Held held(VerifiedRecord record, Origin origin) {
        return Held.of(1, record, origin, Retention.DEFAULT, Fixtures.NOW);
    }

    private static Shelf shelf(VerifiedRecord... records) {
        Shelf shelf = new Shelf();
        shelf.records = List.of(records).stream()
                .map(record -> held(record, Origin.UNPROVEN))
                .toList();
        return shelf;
    }

    @Test
    void itsGroupsAreThoseOfItsRecords() {
        assertThat(shelf(ENDPOINT, ENDPOINT).groupsOfRecords()).containsExactly(Group.ADDRESS);
        assertThat(shelf(TOPIC).groupsOfRecords()).containsExactly(Group.TOPIC);
        assertThat(shelf(ENDPOINT, NOTE, NOTE).groupsOfRecords())
                .containsExactlyInAnyOrder(Group.ADDRESS, Group.MAILBOX);
    }

    /** There may be 100,000 keys. */
    @Test
    void shelvesWithOneGroupShareASet() {
        assertThat(shelf(TOPIC).groupsOfRecords()).isSameAs(shelf(TOPIC, TOPIC).groupsOfRecords());
    }

    @Test
    void oneRecordOfThisNodeIsEnough() {
        Shelf shelf = shelf(ENDPOINT, NOTE);
        assertThat(shelf.hasOwn()).isFalse();
        shelf.records = List.of(held(ENDPOINT, Origin.UNPROVEN), held(NOTE, Origin.LOCAL));
        assertThat(shelf.hasOwn()).isTrue();
    }
}
