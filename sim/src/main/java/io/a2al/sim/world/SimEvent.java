package io.a2al.sim.world;

import io.a2al.core.api.Command;
import io.a2al.core.api.Outcome;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.record.VerifiedRecord;
import io.a2al.sim.network.Datagram;
import io.a2al.sim.network.LossReason;
import io.a2al.sim.result.LookupSample;

/**
 * Something that happened. Events are what the trace shows, what its hash is made of, and what checks see. Immutable,
 * though bytes of datagrams are not copied. Participants are named by their numbers.
 */
public sealed interface SimEvent {

    /** When, in nanoseconds of virtual time. */
    long at();

    /** Who is concerned; -1 if it is nobody in particular. */
    int participant();

    /**
     * A datagram left a participant.
     *
     * @param from the source address that others see
     */
    record Sent(long at, int participant, Endpoint from, Endpoint to, Datagram datagram) implements SimEvent {}

    /** A datagram arrived. */
    record Arrived(long at, int participant, Endpoint from, Datagram datagram) implements SimEvent {}

    /** A datagram of this participant's did not arrive. */
    record Lost(long at, int participant, Endpoint to, Datagram datagram, LossReason reason) implements SimEvent {}

    /** A node wanted to send a datagram that is longer than any may be; the shell does not send those. */
    record Withheld(long at, int participant, Endpoint to, Datagram datagram) implements SimEvent {}

    /** A node dropped a datagram unread, or for its form, or for its signature. */
    record Dropped(long at, int participant, Endpoint from, DropCause cause) implements SimEvent {}

    /** Something was asked of a node. */
    record Submitted(long at, int participant, long operation, Command command) implements SimEvent {}

    /** An operation of a node's ended. */
    record Completed(long at, int participant, long operation, Outcome outcome) implements SimEvent {}

    /** A node told a listener of a record. */
    record Heard(long at, int participant, long listener, VerifiedRecord record) implements SimEvent {}

    /** A participant was switched on. */
    record Started(long at, int participant) implements SimEvent {}

    /** A participant was switched off. */
    record Stopped(long at, int participant) implements SimEvent {}

    /** A participant's machine fell asleep: nothing arrives, and nothing happens in it. */
    record Suspended(long at, int participant) implements SimEvent {}

    /** A participant's machine woke up. */
    record Resumed(long at, int participant) implements SimEvent {}

    /**
     * The answer to a lookup was judged.
     *
     * @param settled true if it was one of those at the end, when nothing strikes any more and everything must be right
     */
    record Judged(long at, int participant, LookupSample sample, boolean settled) implements SimEvent {}

    /** The fault plan did something to many. */
    record Fault(long at, String what) implements SimEvent {
        @Override
        public int participant() {
            return NOBODY;
        }
    }

    /** {@link #participant()} of what concerns nobody in particular. */
    int NOBODY = -1;
}
