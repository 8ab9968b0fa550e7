package io.a2al.app.conformance;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.app.cli.Json;
import io.a2al.app.cli.Output;
import io.a2al.conformance.node.CheckResult;
import io.a2al.conformance.node.NodeReport;
import io.a2al.conformance.node.Verdict;
import java.util.Locale;

/** Formats the results of checks of a node: as a table, row by row while they run, and as JSON. */
final class NodeCheckTable {

    /** Wide enough for most; a longer cell moves the rest of its row. */
    private static final String ROW = "%-62s  %-40s  %-7s  %s";

    private final Output output;
    private boolean begun;

    NodeCheckTable(Output output) {
        this.output = output;
    }

    void row(CheckResult result) {
        if (!begun) {
            output.line(String.format(Locale.ROOT, ROW, "check", "expected", "verdict", "seen"));
            begun = true;
        }
        String check = result.group() + ": " + result.check();
        output.line(Output.printable(
                String.format(Locale.ROOT, ROW, check, result.expected(), name(result.verdict()), result.seen())));
    }

    void summary(NodeReport report) {
        output.line(report.count(Verdict.PASS) + " passed, " + report.count(Verdict.DIFFERS) + " differ as allowed, "
                + report.count(Verdict.FAIL) + " failed, " + report.count(Verdict.SKIPPED) + " skipped");
    }

    static ObjectNode toJson(String target, NodeReport report) {
        ObjectNode object = Json.object()
                .put("node", target)
                .put("answered", report.answered())
                .put("good", report.isGood())
                .put("passed", report.count(Verdict.PASS))
                .put("differs", report.count(Verdict.DIFFERS))
                .put("failed", report.count(Verdict.FAIL))
                .put("skipped", report.count(Verdict.SKIPPED));
        ArrayNode checks = object.putArray("checks");
        for (CheckResult result : report.results()) {
            checks.addObject()
                    .put("group", result.group())
                    .put("check", result.check())
                    .put("expected", result.expected())
                    .put("seen", result.seen())
                    .put("verdict", name(result.verdict()));
        }
        return object;
    }

    private static String name(Verdict verdict) {
        return switch (verdict) {
            case PASS -> "pass";
            case DIFFERS -> "differs-but-allowed";
            case FAIL -> "fail";
            case SKIPPED -> "skipped";
        };
    }
}
