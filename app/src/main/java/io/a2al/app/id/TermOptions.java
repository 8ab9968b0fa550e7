package io.a2al.app.id;

import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.Moments;
import io.a2al.app.cli.Texts;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.delegation.Delegation;
import io.a2al.protocol.id.Address;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options for the start and the end of a delegation. */
public final class TermOptions {

    private static final long NEVER = 0;

    @Option(
            names = "--expires",
            paramLabel = "TIME",
            description = "When the delegation ends: a span such as 90d or 12h, a date, a time, Unix seconds, or never."
                    + " Default: never.")
    private Optional<String> expires = Optional.empty();

    @Option(
            names = "--issued-at",
            paramLabel = "TIME",
            description = "When it begins: a date, a time, or Unix seconds. Default: now.")
    private Optional<String> issuedAt = Optional.empty();

    /** Returns whether the start is given, so that the text is the same every time. */
    public boolean isFixed() {
        return issuedAt.isPresent();
    }

    /** Returns whether neither option is given. */
    public boolean isEmpty() {
        return issuedAt.isEmpty() && expires.isEmpty();
    }

    /** A delegation with these terms at {@code now} in Unix seconds. */
    public Delegation delegation(Bytes operationalKey, Address agent, long now) throws CommandException {
        long from = issuedAt.isPresent() ? Moments.parse(issuedAt.get()) : now;
        long to = expires.isPresent() ? Moments.parseEnd(expires.get(), from) : NEVER;
        if (to != NEVER && to <= from) {
            throw CommandException.wrongUse("the delegation would end at " + Texts.date(to) + ", before it begins at "
                    + Texts.date(from) + "; choose another --expires");
        }
        return Delegation.of(operationalKey, agent, from, to);
    }

    /** Returns the options that repeat a delegation's terms. */
    public static String repeating(Delegation delegation) {
        return "--issued-at " + Long.toUnsignedString(delegation.issuedAt()) + " --expires "
                + (delegation.expiresAt() == NEVER ? "never" : Long.toUnsignedString(delegation.expiresAt()));
    }
}
