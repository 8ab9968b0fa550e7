package io.a2al.sim.attack;

import io.a2al.core.api.Subnet;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.Topics;
import io.a2al.sim.engine.Stream;
import io.a2al.sim.network.AddressPlan;
import io.a2al.sim.work.Crowds;
import io.a2al.sim.world.SimNode;
import java.util.Optional;

/**
 * One of several attackers that make entries of others count as unverified (known-defects D-26). Each new entry of the
 * first topic of the run that one of them is asked to store, all of them store at the other nodes near the key, from
 * forged addresses: a publisher stores at three nodes at a time, so most get the entry before the publisher's own
 * STORE comes. From the first one on, they fill the topic with entries of fabricated identities from the same forged
 * network, of which a node evicts the earliest.
 */
final class ForestallFlood extends Flood {

    /** Each time, it stores at all of the nearest nodes. */
    private static final int PER_SECOND = 1;

    /** Nodes at which an entry is stored: as many as hold a topic entry in a small network. */
    private static final int HOLDERS = 16;

    /** The network in which all forged addresses are; there is no machine in it. */
    private static final int PREFIX = 5_000_000;

    private static final int HOSTS = 250;

    private static final Subnet NETWORK = Subnet.of(AddressPlan.inPrefix(PREFIX, 0));

    private static final String TOPIC = Crowds.name(0);
    private static final NodeId KEY = Topics.keyOf(TOPIC);

    private final NoiseRecords noise;

    ForestallFlood(SharedKnowledge shared, Stream stream) {
        super(PER_SECOND, shared, stream);
        this.noise = new NoiseRecords(shared, stream);
    }

    @Override
    void attack(SimNode self) {
        shared.addForestaller(self);
        if (!shared.hasForestalled()) {
            return;
        }
        for (Contact contact : nearest(self, KEY, HOLDERS)) {
            storeAt(contact, self, noise.entry(self, TOPIC));
        }
    }

    /** What comes from the forged network is from an accomplice. */
    @Override
    void onStore(SimNode self, Endpoint from, Message.Store store) {
        SignedRecord record = store.record();
        if (store.key(NodeId.ofAddress(record.address())).equals(KEY)
                && !Subnet.of(from).equals(NETWORK)
                && shared.isFirstCopyOf(record)) {
            for (SimNode accomplice : shared.forestallers()) {
                nearest(accomplice, KEY, HOLDERS).forEach(contact -> storeAt(contact, accomplice, record));
            }
        }
    }

    private void storeAt(Contact contact, SimNode sender, SignedRecord record) {
        sender.sendAs(
                AddressPlan.inPrefix(PREFIX, stream.nextBelow(HOSTS)),
                contact.endpoint(),
                shared.world()
                        .encode(
                                shared.newTransaction(),
                                new Message.Store(record, Optional.of(KEY)),
                                shared.world().crypto().newKeys(stream).signer()));
    }
}
