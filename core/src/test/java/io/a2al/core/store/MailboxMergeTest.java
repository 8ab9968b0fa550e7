package io.a2al.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.Origin;
import io.a2al.core.api.Subnet;
import io.a2al.core.testing.TestRecords;
import io.a2al.core.testing.VirtualNetwork;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.testing.Fixtures;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Notes for one recipient, of which four may stay, and two of a sender. */
class MailboxMergeTest {

    private static final MailboxMerge MERGE = new MailboxMerge(4, 2);

    private static Held note(Identity sender, int network, int age) {
        Origin origin = Origin.of(Subnet.of(Endpoint.of(new byte[] {(byte) network, 1, 1, 1}, VirtualNetwork.PORT)));
        return Held.of(
                1,
                TestRecords.note(sender, Fixtures.A.address(), age, 1, Fixtures.NOW - age, 60),
                origin,
                Retention.DEFAULT,
                Fixtures.NOW);
    }

    private static List<Held> trimmed(Held... notes) {
        List<Held> trimmed = new ArrayList<>(List.of(notes));
        MERGE.trim(trimmed);
        return trimmed;
    }

    @Test
    void asManyAsMayStayDoStay() {
        Held[] notes = {note(Fixtures.B, 1, 3), note(Fixtures.B, 1, 2), note(Fixtures.C, 1, 1), note(Fixtures.C, 1, 0)};
        assertThat(trimmed(notes)).containsExactly(notes);
    }

    @Test
    void ofTooManyNotesOfASenderItsEarliestGivesWay() {
        Held earlier = note(Fixtures.C, 1, 9);
        Held first = note(Fixtures.B, 1, 1);
        Held earliest = note(Fixtures.B, 1, 3);
        Held last = note(Fixtures.B, 1, 2);
        assertThat(trimmed(earlier, first, earliest, last)).containsExactly(earlier, first, last);
    }

    @Test
    void ofTooManyNotesTheEarliestOfTheNetworkWithTheMostGivesWay() {
        Held early = note(Fixtures.B, 1, 9);
        Held first = note(Fixtures.identity(1), 2, 1);
        Held earliest = note(Fixtures.identity(2), 2, 3);
        Held alone = note(Fixtures.identity(3), 3, 5);
        Held last = note(Fixtures.identity(4), 4, 7);
        assertThat(trimmed(early, first, earliest, alone, last)).containsExactly(early, first, alone, last);
    }
}
