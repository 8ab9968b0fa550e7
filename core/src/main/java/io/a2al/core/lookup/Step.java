package io.a2al.core.lookup;

import io.a2al.protocol.message.Contact;

/** What a lookup wants next. */
public sealed interface Step {

    /** Send this contact a request, and report its answer or silence. The contact counts as asked from now on. */
    record Ask(Contact contact) implements Step {}

    /** Come back at this time in nanoseconds, or after an answer or a failure, whichever is first. */
    record Wait(long untilNanos) implements Step {}

    /** It is over; further answers change nothing. */
    record Done() implements Step {}
}
