package io.a2al.app.conformance;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.app.cli.Json;
import io.a2al.app.cli.Output;
import io.a2al.conformance.vectors.CaseResult;
import io.a2al.conformance.vectors.FileResult;
import io.a2al.conformance.vectors.MalformedVectorException;
import io.a2al.conformance.vectors.Outcome;
import io.a2al.conformance.vectors.SuiteResult;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;

/** Formats the results of golden vectors as text and as JSON. */
final class VectorsReport {

    /** A column of the table. */
    private record Column(String name, ToIntFunction<FileResult> count) {}

    private static final List<Column> COLUMNS = List.of(
            new Column("cases", file -> file.cases().size()),
            new Column("passed", FileResult::passed),
            new Column("open", file -> file.with(Outcome.Open.class).size()),
            new Column("differs", file -> file.with(Outcome.Differs.class).size()),
            new Column("failed", FileResult::failed),
            new Column("skipped", FileResult::skipped));

    /** Characters of a value that are shown to people. */
    private static final int SHOWN = 160;

    private final String origin;
    private final SuiteResult result;

    VectorsReport(String origin, SuiteResult result) {
        this.origin = origin;
        this.result = result;
    }

    // ---- for people -------------------------------------------------------------------------------------------

    void print(Output output) {
        int width =
                result.files().stream().mapToInt(file -> file.file().length()).reduce("total".length(), Math::max);
        StringBuilder head = new StringBuilder(cell("file", width));
        COLUMNS.forEach(column -> head.append(String.format(Locale.ROOT, "  %7s", column.name())));
        output.line(head.toString());
        result.files().forEach(file -> output.line(row(file.file(), List.of(file), width)));
        output.line(row("total", result.files(), width));
        for (FileResult file : result.files()) {
            file.cases().forEach(one -> print(output, file.file(), one));
        }
        for (MalformedVectorException malformed : result.malformed()) {
            output.line("malformed", place(malformed) + ": " + malformed.problem());
        }
        for (String file : result.unknown()) {
            output.line("unknown", file + ": not run, as no check is known for a file of this name");
        }
        if (result.files().isEmpty()) {
            output.line("nothing ran", "no file of golden vectors in " + origin);
        }
    }

    private static String place(MalformedVectorException malformed) {
        return malformed.file()
                + malformed.caseName().map(name -> ", case \"" + name + "\"").orElse("");
    }

    private static String row(String name, List<FileResult> files, int width) {
        StringBuilder row = new StringBuilder(cell(name, width));
        for (Column column : COLUMNS) {
            int sum = files.stream().mapToInt(column.count()).sum();
            row.append(String.format(Locale.ROOT, "  %7d", sum));
        }
        return row.toString();
    }

    private static String cell(String text, int width) {
        return String.format(Locale.ROOT, "%-" + width + "s", text);
    }

    private static void print(Output output, String file, CaseResult one) {
        String name = file + " " + one.name() + ": ";
        switch (one.outcome()) {
            case Outcome.Passed() -> {}
            case Outcome.Open(boolean ignored) -> {}
            case Outcome.Differs(String reason) -> output.line("differs", name + "allowed, " + reason);
            case Outcome.Skipped(String reason) -> output.line("skipped", name + reason);
            case Outcome.Failed(String what, String expected, String actual) -> {
                output.line("failed", name + what);
                int from = firstDifference(expected, actual);
                output.line("  expected", excerpt(expected, from));
                output.line("  actual", excerpt(actual, from));
            }
        }
    }

    private static int firstDifference(String a, String b) {
        int at = 0;
        while (at < Math.min(a.length(), b.length()) && a.charAt(at) == b.charAt(at)) {
            at++;
        }
        return at;
    }

    /** Returns the part of a long value around the first difference. */
    private static String excerpt(String value, int difference) {
        if (value.length() <= SHOWN) {
            return value;
        }
        int from = Math.max(0, Math.min(difference - SHOWN / 4, value.length() - SHOWN));
        int to = from + SHOWN;
        return (from == 0 ? "" : "…") + value.substring(from, to) + (to == value.length() ? "" : "…") + " ("
                + value.length() + " characters, first difference at " + difference + ")";
    }

    // ---- for programs -----------------------------------------------------------------------------------------

    ObjectNode toJson() {
        ObjectNode object = Json.object().put("origin", origin).put("good", result.isGood());
        putCounts(object, result.files());
        ArrayNode files = object.putArray("files");
        for (FileResult file : result.files()) {
            ObjectNode item = files.addObject().put("file", file.file());
            putCounts(item, List.of(file));
            ArrayNode cases = item.putArray("not_plainly_passed");
            file.cases().stream()
                    .filter(one -> !(one.outcome() instanceof Outcome.Passed))
                    .forEach(one -> cases.add(toJson(one)));
        }
        ArrayNode malformed = object.putArray("malformed");
        for (MalformedVectorException e : result.malformed()) {
            malformed
                    .addObject()
                    .put("file", e.file())
                    .put("case", e.caseName().orElse(null))
                    .put("problem", e.problem());
        }
        return object.set("unknown_files", Json.texts(result.unknown()));
    }

    private static void putCounts(ObjectNode object, List<FileResult> files) {
        for (Column column : COLUMNS) {
            object.put(column.name(), files.stream().mapToInt(column.count()).sum());
        }
    }

    private static ObjectNode toJson(CaseResult one) {
        ObjectNode item = Json.object().put("case", one.name());
        return switch (one.outcome()) {
            case Outcome.Passed() -> item.put("outcome", "passed");
            case Outcome.Open(boolean accepted) -> item.put("outcome", "open").put("accepted", accepted);
            case Outcome.Differs(String reason) ->
                item.put("outcome", "differs").put("reason", reason);
            case Outcome.Skipped(String reason) ->
                item.put("outcome", "skipped").put("reason", reason);
            case Outcome.Failed(String what, String expected, String actual) ->
                item.put("outcome", "failed")
                        .put("what", what)
                        .put("expected", expected)
                        .put("actual", actual);
        };
    }
}
