package io.a2al.core.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.bounds.Occupancy;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.testing.Fixtures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RecentContactsTest {

    private static final int CAPACITY = 100;
    private static final Duration LIFETIME = Duration.ofMinutes(30);
    private static final NodeId TARGET = Fixtures.A.nodeId();

    private final SplittableRandom random = new SplittableRandom(1);
    private final RecentContacts recent = new RecentContacts(CAPACITY, LIFETIME);
    private long now = -1_000;

    private Contact newContact() {
        byte[] address = Fixtures.random(random, Address.LENGTH).toArray();
        address[0] = (byte) Address.NATIVE;
        return Contact.of(Address.of(Bytes.copyOf(address)), Fixtures.ipv4("cb007107", 4121));
    }

    private List<Contact> meet(int count) {
        List<Contact> met = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Contact contact = newContact();
            recent.verified(contact, now);
            met.add(contact);
        }
        return met;
    }

    private List<Contact> nearest(int count) {
        return recent.nearest(TARGET, count, now, contact -> true);
    }

    @Test
    void theNearestComeFirst() {
        List<Contact> met = meet(CAPACITY);
        met.sort(Comparator.comparing(Contact::nodeId, TARGET.byDistance()));
        assertThat(nearest(16)).isEqualTo(met.subList(0, 16));
        assertThat(nearest(1000)).isEqualTo(met);
        assertThat(recent.nearest(TARGET, 2, now, contact -> !contact.equals(met.get(1))))
                .containsExactly(met.get(0), met.get(2));
    }

    @Test
    void atTheLimitTheContactThatAnsweredLongestAgoIsEvicted() {
        List<Contact> met = meet(CAPACITY);
        recent.verified(met.get(0), now);
        Contact newcomer = newContact();
        recent.verified(newcomer, now);
        assertThat(nearest(CAPACITY)).contains(met.get(0), newcomer).doesNotContain(met.get(1));
        assertThat(recent.occupancy()).isEqualTo(new Occupancy(CAPACITY, CAPACITY));
    }

    @Test
    void noContactIsRememberedBeyondItsLifetime() {
        List<Contact> met = meet(2);
        now += LIFETIME.toNanos() - 1;
        recent.verified(met.get(0), now);
        assertThat(nearest(2)).hasSize(2);
        now++;
        assertThat(nearest(2)).containsExactly(met.get(0));
    }

    @Test
    void aContactThatMayBeGoneIsDropped() {
        List<Contact> met = meet(2);
        recent.drop(met.get(0).nodeId());
        assertThat(nearest(2)).containsExactly(met.get(1));
    }

    @Test
    void aContactThatMovedIsWhereItAnsweredLast() {
        Contact contact = meet(1).getFirst();
        Contact moved = contact.at(Fixtures.ipv4("cb007108", 4121));
        recent.verified(moved, now);
        assertThat(nearest(2)).containsExactly(moved);
    }
}
