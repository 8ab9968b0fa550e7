package io.a2al.core.lookup;

import io.a2al.protocol.message.Contact;

/** What a lookup wants done next. */
public sealed interface Step {

    /** Send this contact a request, and report its answer or failure. The contact counts as asked from now on. */
    record Ask(Contact contact) implements Step {}

    /** Call again at this time in nanoseconds, or after an answer or a failure, whichever is first. */
    record Wait(long untilNanos) implements Step {}

    /** The lookup has ended; further answers change nothing. */
    record Done() implements Step {}
}
