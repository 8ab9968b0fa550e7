package io.a2al.http.inspect;

import java.time.DateTimeException;
import java.time.Instant;

/** Times in words. Stateless and thread-safe. */
public final class TimeText {

    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private static final String BEYOND_THE_CALENDAR = "beyond the calendar";

    private TimeText() {}

    /** Returns a number of seconds in the two largest units that it has. */
    public static String seconds(long seconds) {
        if (seconds < MINUTE) {
            return seconds + " s";
        }
        if (seconds < HOUR) {
            return seconds / MINUTE + " min " + seconds % MINUTE + " s";
        }
        if (seconds < DAY) {
            return seconds / HOUR + " h " + seconds % HOUR / MINUTE + " min";
        }
        return seconds / DAY + " d " + seconds % DAY / HOUR + " h";
    }

    /** Returns unsigned Unix seconds as a date. */
    public static String date(long unixSeconds) {
        if (unixSeconds < 0) {
            return BEYOND_THE_CALENDAR;
        }
        try {
            return Instant.ofEpochSecond(unixSeconds).toString();
        } catch (DateTimeException beyondTheCalendar) {
            return BEYOND_THE_CALENDAR;
        }
    }
}
