package io.a2al.core.api;

import io.a2al.protocol.message.Contact;
import io.a2al.protocol.record.VerifiedRecord;
import java.time.Duration;
import java.util.List;

/**
 * A step of a lookup: a node was asked, answered, or did not. Immutable; thread-safe.
 *
 * @param elapsed since the lookup began
 * @param node the node, at the endpoint that is asked
 * @param sharedBits leading bits that its NodeID has in common with the key; more is nearer
 * @param event what happened
 */
public record LookupStep(Duration elapsed, Contact node, int sharedBits, Event event) {

    /** What happened in a step. */
    public sealed interface Event {}

    /** The node was asked. It may be asked again, as an answer may leave something out. */
    public record Asked() implements Event {}

    /**
     * The node answered.
     *
     * @param roundTrip from the first attempt to the answer
     * @param nodes those that it told and that are worth asking
     * @param records those that it has and that are valid at the key
     * @param truncated true if it probably has more to tell
     */
    public record Answered(Duration roundTrip, List<Contact> nodes, List<VerifiedRecord> records, boolean truncated)
            implements Event {

        /** Copies the lists. */
        public Answered {
            nodes = List.copyOf(nodes);
            records = List.copyOf(records);
        }
    }

    /** The request came to nothing. */
    public record Failed(Failure reason) implements Event {}
}
