package io.a2al.app.sim;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.app.cli.Json;
import io.a2al.app.cli.Output;
import io.a2al.sim.report.ResultJson;
import io.a2al.sim.search.Failure;
import io.a2al.sim.search.SearchResult;
import io.a2al.sim.search.Shrunk;
import java.util.Locale;

/** Reports a search for failing seeds as text and as JSON. */
final class SimSearchReport {

    private SimSearchReport() {}

    /** Prints a summary as text. */
    static void print(SearchResult result, Output output) {
        output.line(String.format(
                Locale.ROOT,
                "seeds     %s: %,d runs, %,d failed%s",
                result.seeds(),
                result.runs(),
                result.failures().size(),
                result.isStopped() ? "; stopped" : ""));
        for (Failure failure : result.failures()) {
            output.line("");
            output.line("FAILED    seed " + failure.options().seed() + ": " + SimReport.headline(failure.violation()));
            output.line("replay", failure.command());
        }
        for (Shrunk shrunk : result.shrunk()) {
            output.line("");
            output.line("smallest  run that fails check "
                    + shrunk.failure().violation().check() + (shrunk.isMinimal() ? ", " : " so far, ") + shrunk.tries()
                    + " runs were tried");
            SimReport.print(shrunk.failure().violation(), output);
            output.line("replay", shrunk.failure().command());
        }
    }

    /** Returns the summary as JSON. */
    static ObjectNode toJson(SearchResult result) {
        ObjectNode json = Json.object()
                .put("format", 1)
                .put("seeds", result.seeds().toString())
                .put("runs", result.runs())
                .put("good", result.isGood())
                .put("stopped", result.isStopped());
        ArrayNode failures = json.putArray("failures");
        result.failures().forEach(failure -> failures.add(toJson(failure)));
        ArrayNode smallest = json.putArray("smallest");
        result.shrunk()
                .forEach(shrunk -> smallest.add(
                        toJson(shrunk.failure()).put("tries", shrunk.tries()).put("minimal", shrunk.isMinimal())));
        return json;
    }

    private static ObjectNode toJson(Failure failure) {
        ObjectNode json = Json.object().put("seed", failure.options().seed()).put("command", failure.command());
        json.set("violation", ResultJson.of(failure.violation()));
        return json;
    }
}
