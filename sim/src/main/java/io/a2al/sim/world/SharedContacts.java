package io.a2al.sim.world;

import io.a2al.core.routing.ContactPool;
import io.a2al.protocol.message.Contact;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The contacts that all nodes of a run remember, each of them once: ten thousand nodes that know four thousand others
 * have no more than some ten thousand contacts together. Keeps them until the end of the run. Not thread-safe.
 */
public final class SharedContacts implements ContactPool {

    private final Map<Contact, Integer> numbers = new HashMap<>();
    private final List<Contact> contacts = new ArrayList<>();

    /** Holds nothing yet. */
    public SharedContacts() {}

    @Override
    public int add(Contact contact) {
        Integer known = numbers.putIfAbsent(contact, contacts.size());
        if (known != null) {
            return known;
        }
        contacts.add(contact);
        return contacts.size() - 1;
    }

    @Override
    public Contact get(int number) {
        return contacts.get(number);
    }

    @Override
    public void remove(int number) {
        // Another node may have it, too.
    }

    @Override
    public long bytes() {
        return 0;
    }
}
