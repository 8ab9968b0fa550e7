package io.a2al.sim.world;

import io.a2al.core.api.Command;
import io.a2al.core.api.Outcome;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.record.VerifiedRecord;
import io.a2al.sim.network.Datagram;
import io.a2al.sim.network.LossReason;
import io.a2al.sim.result.LookupSample;

/**
 * Something that happened. The trace shows events, the trace hash is computed from them, and checks see them.
 * Immutable, though bytes of datagrams are not copied. Participants are named by their numbers.
 */
public sealed interface SimEvent {

    /** Returns the virtual time in nanoseconds. */
    long at();

    /** Returns the number of the participant concerned; {@link #NO_PARTICIPANT} if the event concerns none. */
    int participant();

    /**
     * A datagram left a participant.
     *
     * @param from the source address that others see
     */
    record Sent(long at, int participant, Endpoint from, Endpoint to, Datagram datagram) implements SimEvent {}

    /** A datagram arrived. */
    record Arrived(long at, int participant, Endpoint from, Datagram datagram) implements SimEvent {}

    /** A datagram that this participant sent did not arrive. */
    record Lost(long at, int participant, Endpoint to, Datagram datagram, LossReason reason) implements SimEvent {}

    /** A node tried to send a datagram that is longer than allowed; the shell does not send those. */
    record Withheld(long at, int participant, Endpoint to, Datagram datagram) implements SimEvent {}

    /** A node dropped a datagram. */
    record Dropped(long at, int participant, Endpoint from, DropCause cause) implements SimEvent {}

    /** The application submitted a command to a node. */
    record Submitted(long at, int participant, long operation, Command command) implements SimEvent {}

    /** An operation of a node ended. */
    record Completed(long at, int participant, long operation, Outcome outcome) implements SimEvent {}

    /** A listener at a node got a record. */
    record Heard(long at, int participant, long listener, VerifiedRecord record) implements SimEvent {}

    /** A participant was switched on. */
    record Started(long at, int participant) implements SimEvent {}

    /** A participant was switched off. */
    record Stopped(long at, int participant) implements SimEvent {}

    /** A participant's machine fell asleep: it receives nothing and does nothing. */
    record Suspended(long at, int participant) implements SimEvent {}

    /** A participant's machine woke up. */
    record Resumed(long at, int participant) implements SimEvent {}

    /**
     * The answer to a lookup was judged.
     *
     * @param settled true if the lookup was made after settling, when faults have stopped and every lookup must be
     *     right
     */
    record Judged(long at, int participant, LookupSample sample, boolean settled) implements SimEvent {}

    /** The fault plan changed several participants or the network. */
    record Fault(long at, String what) implements SimEvent {
        @Override
        public int participant() {
            return NO_PARTICIPANT;
        }
    }

    /** The {@link #participant()} of an event that concerns no single participant. */
    int NO_PARTICIPANT = -1;
}
