package io.a2al.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.a2al.http.inspect.TimeText;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.InvalidAddressException;
import io.a2al.protocol.record.NatType;
import io.a2al.protocol.record.SignedRecord;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Formats numbers and names for text and JSON. Stateless. */
public final class Texts {

    private Texts() {}

    /** A number of seconds, in the two largest units that it has. */
    public static String seconds(long seconds) {
        return TimeText.seconds(seconds);
    }

    /** A time of at least a millisecond, in its largest units. */
    public static String duration(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? seconds(duration.toSeconds()) : duration.toMillis() + " ms";
    }

    /** Milliseconds with one decimal. */
    public static double milliseconds(Duration duration) {
        return Math.round(duration.toNanos() / 1e5) / 10.0;
    }

    /** Unsigned Unix seconds as a date. */
    public static String date(long unixSeconds) {
        return TimeText.date(unixSeconds);
    }

    /** A number from 0 to 2^64 - 1 that is kept in a {@code long}. */
    public static BigInteger unsigned(long bits) {
        return new BigInteger(Long.toUnsignedString(bits));
    }

    /** The name of a network type, as the options take it. */
    public static String natName(NatType type) {
        return type.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The network type with this name. */
    public static NatType parseNat(String name) throws CommandException {
        for (NatType type : NatType.values()) {
            if (natName(type).equals(name)) {
                return type;
            }
        }
        String names = Stream.of(NatType.values()).map(Texts::natName).collect(Collectors.joining(", "));
        throw CommandException.wrongUse("not a NAT type: \"" + name + "\"; choose one of " + names);
    }

    /** An agent's address, of any family. */
    public static Address parseAgent(String text) throws CommandException {
        try {
            return Address.parse(text);
        } catch (InvalidAddressException e) {
            throw CommandException.wrongUse(e);
        }
    }

    /** Seconds since a record was made. */
    public static long age(SignedRecord record, long now) {
        return Math.max(0, now - record.timestamp());
    }

    /** Returns a lookup report, as {@link Json#lookup} writes it, as one line. */
    public static String lookup(JsonNode report) {
        return "asked " + report.path("asked").asInt() + ", answered "
                + report.path("answered").asInt() + ", hops "
                + report.path("hops").asInt() + ", "
                + report.path("elapsed_ms").asDouble() + " ms"
                + (report.path("complete").asBoolean() ? "" : ", incomplete")
                + (report.path("surrounded").asBoolean() ? ", the key looks surrounded" : "");
    }
}
