package io.a2al.http.program;

import java.util.List;

/** The level of the program's log. Thread-safe. */
public interface LogLevel {

    /** The levels, from most to fewest lines. */
    List<String> ALL = List.of("debug", "info", "warn", "error");

    /** Returns the present one, one of {@link #ALL}. */
    String get();

    /** Sets another, one of {@link #ALL}, until the program ends. */
    void set(String level);
}
