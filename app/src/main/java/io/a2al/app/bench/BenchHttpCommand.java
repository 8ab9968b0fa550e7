package io.a2al.app.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.CommonOptions;
import io.a2al.app.cli.Json;
import io.a2al.app.cli.Output;
import io.a2al.bench.http.HttpLoadReport;
import io.a2al.bench.http.HttpLoadSettings;
import io.a2al.bench.local.HttpRun;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code a2al bench http}: puts load on the HTTP interface of a node, and measures its PINGs meanwhile. */
@Command(
        name = "http",
        description = {
            "Put load on the HTTP interface of a node in a process of its own: lookups at a rate, and readers of its"
                    + " events; and measure how long its answers to PINGs take without and with that.",
            "The other nodes of its network run in this process, and publish what is looked up. The time is real."
        },
        footer = {
            "",
            "Each reader is an open file here and at the node: see 'ulimit -n'.",
            "",
            "Example:",
            "  a2al bench http --resolves 1000 --readers 1000 --duration 60"
        })
final class BenchHttpCommand implements Callable<Integer> {

    private static final double NANOS_PER_MILLI = 1e6;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Option(
            names = "--resolves",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Requests for /v1/resolve per second, sent on time as far as 128 connections allow."
                    + " Default: ${DEFAULT-VALUE}.")
    private int resolves;

    @Option(
            names = "--readers",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Streams of /v1/events that stay open. Default: ${DEFAULT-VALUE}.")
    private int readers;

    @Option(
            names = "--addresses",
            paramLabel = "N",
            defaultValue = "100",
            description = "Addresses that are looked up in turn. Default: ${DEFAULT-VALUE}.")
    private int addresses;

    @Option(
            names = "--others",
            paramLabel = "N",
            defaultValue = "16",
            description = "Number of other nodes. Default: ${DEFAULT-VALUE}.")
    private int others;

    @Option(
            names = "--fresh",
            paramLabel = "LEVEL",
            defaultValue = "newest",
            description = "first, newest or majority. Default: ${DEFAULT-VALUE}.")
    private String fresh = "";

    @Option(
            names = "--duration",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "How long to measure. Default: ${DEFAULT-VALUE}.")
    private int duration;

    @Option(
            names = "--warmup",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "How long to put on the load before the PINGs without load, and again before measuring."
                    + " Default: ${DEFAULT-VALUE}.")
    private int warmup;

    @Option(
            names = "--calm",
            paramLabel = "SECONDS",
            defaultValue = "20",
            description = "How long to measure PINGs without load. Default: ${DEFAULT-VALUE}.")
    private int calm;

    @Option(
            names = "--jvm",
            paramLabel = "FLAG",
            split = "\n",
            hideParamSyntax = true,
            description = "A further flag for the node's JVM. Can be given repeatedly.")
    private List<String> jvmFlags = new ArrayList<>();

    @Override
    public Integer call() throws CommandException, IOException, InterruptedException {
        HttpLoadReport report = HttpRun.run(SelfLaunch.servingNode(jvmFlags), settings());
        Output output = common.output();
        if (output.isJson()) {
            output.json(json(report));
        } else {
            print(output, report);
        }
        return 0;
    }

    private HttpLoadSettings settings() throws CommandException {
        try {
            return new HttpLoadSettings(
                    resolves,
                    readers,
                    addresses,
                    others,
                    fresh,
                    Duration.ofSeconds(duration),
                    Duration.ofSeconds(warmup),
                    Duration.ofSeconds(calm));
        } catch (IllegalArgumentException e) {
            throw CommandException.wrongUse(e);
        }
    }

    private ObjectNode json(HttpLoadReport report) {
        ObjectNode json = Json.object()
                .put("resolves_per_second", report.answersPerSecond())
                .put("answered", report.answered())
                .put("failed", report.failed())
                .put("late", report.late())
                .put("p50_ms", milliseconds(report.p50()))
                .put("p99_ms", milliseconds(report.p99()))
                .put("readers", report.readers())
                .put("events", report.events());
        put(json.putObject("pings_before"), report.before());
        put(json.putObject("pings_during"), report.during());
        report.nodeCpu().ifPresent(cpu -> json.put("node_cores", report.cores(cpu)));
        report.clientCpu().ifPresent(cpu -> json.put("client_cores", report.cores(cpu)));
        return json;
    }

    private static void put(ObjectNode json, HttpLoadReport.Pings pings) {
        json.put("answered", pings.answered())
                .put("lost", pings.lost())
                .put("p50_ms", milliseconds(pings.p50()))
                .put("p99_ms", milliseconds(pings.p99()));
    }

    private void print(Output output, HttpLoadReport report) {
        output.line(
                "resolves",
                String.format(
                        Locale.ROOT,
                        "%.0f a second; p50 %s, p99 %s; %d failed, %d not sent in time",
                        report.answersPerSecond(),
                        text(report.p50()),
                        text(report.p99()),
                        report.failed(),
                        report.late()));
        output.line(
                "readers",
                report.readers() + " of " + readers + " open at the end, with " + report.events() + " events");
        output.line("PINGs without load", text(report.before()));
        output.line("PINGs under load", text(report.during()));
        output.line(
                "cores of the node",
                report.nodeCpu().map(report::cores).map(BenchHttpCommand::cores).orElse("unknown"));
        output.line(
                "cores of this process",
                report.clientCpu()
                        .map(report::cores)
                        .map(BenchHttpCommand::cores)
                        .orElse("unknown"));
    }

    private static String text(HttpLoadReport.Pings pings) {
        return "p50 " + text(pings.p50()) + ", p99 " + text(pings.p99()) + " of " + pings.answered() + "; "
                + pings.lost() + " lost";
    }

    private static String cores(double share) {
        return String.format(Locale.ROOT, "%.2f", share);
    }

    private static String text(Duration duration) {
        return String.format(Locale.ROOT, "%.2f ms", milliseconds(duration));
    }

    private static double milliseconds(Duration duration) {
        return duration.toNanos() / NANOS_PER_MILLI;
    }
}
