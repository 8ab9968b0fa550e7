package io.a2al.app.cli;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;

/** Points in time as they are written on the command line. Stateless. */
public final class Moments {

    private static final String NEVER = "never";

    private static final Map<Character, Long> UNITS =
            Map.of('s', 1L, 'm', 60L, 'h', 3_600L, 'd', 86_400L, 'w', 7 * 86_400L, 'y', 365 * 86_400L);

    private Moments() {}

    /** Unix seconds of a date, a date with a time, or Unix seconds. */
    public static long parse(String text) throws CommandException {
        try {
            if (text.matches("\\d{1,18}")) {
                return Long.parseLong(text);
            }
            long seconds = text.indexOf('T') > 0
                    ? OffsetDateTime.parse(text).toEpochSecond()
                    : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toEpochSecond();
            if (seconds >= 0) {
                return seconds;
            }
        } catch (DateTimeException neither) {
            // Reported below.
        }
        throw CommandException.wrongUse(
                "not a time: \"" + text + "\"; write for example 2027-01-31, 2027-01-31T12:00:00Z, or Unix seconds");
    }

    /** The same, or a span from {@code start}, such as 90d, or {@value #NEVER}, which is 0. */
    public static long parseEnd(String text, long start) throws CommandException {
        if (text.equals(NEVER)) {
            return 0;
        }
        if (text.matches("\\d{1,9}[smhdwy]")) {
            int last = text.length() - 1;
            return start + Long.parseLong(text.substring(0, last)) * UNITS.getOrDefault(text.charAt(last), 0L);
        }
        try {
            return parse(text);
        } catch (CommandException notATime) {
            throw CommandException.wrongUse("neither a time nor a span: \"" + text
                    + "\"; write for example 90d, 12h, 2027-01-31, 2027-01-31T12:00:00Z, Unix seconds, or " + NEVER);
        }
    }
}
