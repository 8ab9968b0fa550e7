package io.a2al.app.sim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.Json;
import io.a2al.app.cli.Output;
import io.a2al.sim.search.SeedRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code a2al sim merge}: joins the results of the parts of a search. */
@Command(
        name = "merge",
        description = {
            "Join what 'a2al sim search --shard I/N --json FILE' wrote on several machines into the result of the whole"
                    + " search. The parts must follow each other without a gap.",
            "Exit code 0 if every check held in every run, 1 if one did not."
        },
        footer = {"", "Example:", "  a2al sim merge part-1.json part-2.json part-3.json"})
final class SimMergeCommand implements Callable<Integer> {

    private static final int FAILED = 1;
    private static final int FORMAT = 1;

    @Mixin
    private SimOutputs outputs = new SimOutputs();

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Results of parts, in any order.")
    private List<Path> files = List.of();

    private SimMergeCommand() {}

    /** The command. */
    static CommandLine commandLine() {
        return new CommandLine(new SimMergeCommand());
    }

    /** The result of one part, as it was written. */
    private record Part(Path file, SeedRange seeds, JsonNode json) {}

    @Override
    public Integer call() throws CommandException, IOException {
        outputs.check();
        List<Part> parts = new ArrayList<>();
        for (Path file : files) {
            parts.add(read(file));
        }
        parts.sort(Comparator.comparingLong(part -> part.seeds().first()));
        ObjectNode all = merged(parts);
        Output output = outputs.output();
        if (!output.isJson()) {
            print(all, output);
        }
        outputs.writeJson(all);
        return all.path("good").asBoolean() ? 0 : FAILED;
    }

    private static Part read(Path file) throws CommandException, IOException {
        JsonNode json;
        try {
            json = new ObjectMapper().readTree(Files.readString(file));
        } catch (IOException e) {
            throw CommandException.wrongUse(file + ": cannot be read as JSON: "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse("")
                    + "; name a file that sim search wrote");
        }
        if (json.path("format").asInt() != FORMAT || !json.path("runs").isNumber()) {
            throw CommandException.wrongUse(file + ": no result of a search; name a file that sim search wrote");
        }
        if (json.path("stopped").asBoolean()) {
            throw CommandException.wrongUse(file + ": this search was stopped; run it again to its end");
        }
        try {
            return new Part(file, SeedRange.parse(json.path("seeds").asText()), json);
        } catch (IllegalArgumentException e) {
            throw CommandException.wrongUse(file + ": " + e.getMessage());
        }
    }

    private static ObjectNode merged(List<Part> parts) throws CommandException {
        for (int i = 1; i < parts.size(); i++) {
            Part before = parts.get(i - 1);
            Part part = parts.get(i);
            if (part.seeds().first() != before.seeds().last() + 1) {
                throw CommandException.wrongUse(
                        "seeds " + before.seeds() + " of " + before.file() + " and " + part.seeds() + " of "
                                + part.file() + " do not follow each other; name each part once, and all of them");
            }
        }
        long runs = parts.stream()
                .mapToLong(part -> part.json().path("runs").asLong())
                .sum();
        SeedRange seeds = new SeedRange(
                parts.getFirst().seeds().first(), parts.getLast().seeds().last());
        ObjectNode all = Json.object()
                .put("format", FORMAT)
                .put("seeds", seeds.toString())
                .put("runs", runs)
                .put(
                        "good",
                        parts.stream().allMatch(part -> part.json().path("good").asBoolean()))
                .put("stopped", false);
        ArrayNode failures = all.putArray("failures");
        ArrayNode smallest = all.putArray("smallest");
        Set<String> checks = new HashSet<>();
        for (Part part : parts) {
            part.json().path("failures").forEach(failures::add);
            // As in one search: of each check, the failure with the lowest seed.
            for (JsonNode small : part.json().path("smallest")) {
                if (checks.add(small.path("violation").path("check").asText())) {
                    smallest.add(small);
                }
            }
        }
        return all;
    }

    private static void print(JsonNode all, Output output) {
        output.line(String.format(
                Locale.ROOT,
                "seeds     %s: %,d runs, %,d failed",
                all.path("seeds").asText(),
                all.path("runs").asLong(),
                all.path("failures").size()));
        for (JsonNode failure : all.path("failures")) {
            output.line("");
            output.line(
                    Output.printable("FAILED    seed " + failure.path("seed").asText() + ": check "
                            + failure.path("violation").path("check").asText() + ": "
                            + failure.path("violation").path("message").asText()));
            output.line("replay", failure.path("command").asText());
        }
        for (JsonNode small : all.path("smallest")) {
            output.line("");
            output.line("smallest  run that fails check "
                    + Output.printable(small.path("violation").path("check").asText()));
            output.line("replay", small.path("command").asText());
        }
    }
}
