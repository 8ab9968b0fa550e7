package io.a2al.sim.film;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.sim.report.ResultJson;
import io.a2al.sim.result.SimulationResult;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * A film as JSON: one object for its header, one for each frame, one for its end. A file of a film has one of them on
 * each line. Lists of changes and lookups are flat, as there may be millions: three and four numbers for each.
 */
public final class FilmJson {

    /** Version of the format, in the header. */
    public static final int FORMAT = 1;

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double TENTHS = 10;

    private FilmJson() {}

    /** Returns the header. */
    public static ObjectNode of(Film.Header header) {
        ObjectNode json =
                object().put("film", FORMAT).put("command", header.run().command());
        ObjectNode options = json.putObject("options");
        header.run().options().forEach(options::put);
        json.put("participants", header.participants()).put("seconds", seconds(header.length()));
        ArrayNode phases = json.putArray("phases");
        header.phases()
                .forEach(phase -> phases.addObject().put("name", phase.name()).put("begin", seconds(phase.begin())));
        ArrayNode conditions = json.putArray("conditions");
        for (Frame.Condition condition : Frame.Condition.values()) {
            conditions.add(condition.name().toLowerCase(Locale.ROOT));
        }
        return json;
    }

    /** Returns a frame. Conditions are told by their numbers, which the header explains. */
    @SuppressWarnings("EnumOrdinal")
    public static ObjectNode of(Frame frame) {
        ObjectNode json = object().put("at", frame.at())
                .put("right", frame.right())
                .put("wrong", frame.wrong())
                .put("datagrams", frame.datagrams())
                .put("lost", frame.lost());
        ArrayNode changes = json.putArray("changes");
        frame.changes()
                .forEach(change -> changes.add(change.participant())
                        .add(change.id())
                        .add(change.condition().ordinal()));
        ArrayNode lookups = json.putArray("lookups");
        frame.lookups()
                .forEach(lookup -> lookups.add(lookup.asker())
                        .add(lookup.key())
                        .add(lookup.right() ? 1 : 0)
                        .add(Math.round(lookup.milliseconds() * TENTHS) / TENTHS));
        ArrayNode faults = json.putArray("faults");
        frame.faults().forEach(faults::add);
        return json;
    }

    /** Returns the end: the whole result. */
    public static ObjectNode of(SimulationResult result) {
        return object().set("end", ResultJson.of(result));
    }

    /**
     * Writes a film that has ended to a file, which is replaced if it exists.
     *
     * @throws IOException if the file cannot be written
     */
    public static void write(Film film, Path file) throws IOException {
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            writeLine(writer, of(film.header()));
            for (Frame frame : film.frames()) {
                writeLine(writer, of(frame));
            }
            if (film.result().isPresent()) {
                writeLine(writer, of(film.result().get()));
            }
        }
    }

    private static void writeLine(BufferedWriter writer, ObjectNode json) throws IOException {
        writer.write(json.toString());
        writer.write('\n');
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / NANOS_PER_SECOND;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
