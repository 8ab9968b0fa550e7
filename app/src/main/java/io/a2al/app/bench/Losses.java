package io.a2al.app.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.a2al.app.cli.CommandException;
import io.a2al.bench.local.ScenarioResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Collects the rows that are slower than those of an earlier run. Rows are compared by their share of the processor
 * time, or where one of them lacks it, by their share of the ceiling. Not thread-safe.
 */
final class Losses {

    private final Map<String, JsonNode> earlier;
    private final int percent;
    private final List<String> found = new ArrayList<>();

    /**
     * Nothing is compared yet.
     *
     * @param earlier rows by their names; those that are missing here are not compared
     * @param percent how much of its share a row may lose, 0 to 100
     */
    Losses(Map<String, JsonNode> earlier, int percent) {
        this.earlier = earlier;
        this.percent = percent;
    }

    void add(ScenarioResult now) {
        Optional.ofNullable(earlier.get(now.scenario().name()))
                .flatMap(before -> loss(before, now))
                .ifPresent(loss -> found.add(now.scenario().name() + " (" + loss + ")"));
    }

    private Optional<String> loss(JsonNode before, ScenarioResult now) {
        String provider = before.path("provider").asText();
        if (!provider.equals(now.ceiling().provider())) {
            return Optional.of("signed by " + now.ceiling().provider() + " instead of " + provider);
        }
        boolean byCpu = before.has("cpu_share") && now.cpuShare().isPresent();
        double was = before.path(byCpu ? "cpu_share" : "share").asDouble();
        double is = byCpu ? now.cpuShare().get() : now.share();
        return is >= was * (100 - percent) / 100
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "%s %.0f %% instead of %.0f %%",
                        byCpu ? "cpu share" : "share",
                        100 * is,
                        100 * was));
    }

    /** Ends the command if a row lost too much; exit code 1. */
    void check() throws CommandException {
        if (!found.isEmpty()) {
            throw CommandException.notFound("slower by more than " + percent + " %: " + String.join(", ", found)
                    + "; profile the row, or record the new figures if they are intended");
        }
    }
}
