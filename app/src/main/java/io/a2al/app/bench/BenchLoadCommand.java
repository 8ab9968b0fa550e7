package io.a2al.app.bench;

import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.Nodes;
import io.a2al.app.cli.Output;
import io.a2al.app.cli.Waiting;
import io.a2al.bench.load.LoadMode;
import io.a2al.bench.load.LoadReport;
import io.a2al.bench.load.LoadRun;
import io.a2al.bench.load.LoadSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code a2al bench load}: puts load on a running node of any implementation. */
@Command(
        name = "load",
        description = {
            "Send signed requests to a running node of any implementation, and see how fast it answers.",
            "Only for your own nodes: the load is a flood."
        },
        footer = {
            "",
            "Modes: ping, find_node, find_value (one endpoint record), find_value_topic (entries under one topic, see"
                    + " --records), store (always records that the node does not have), renew (always newer versions of"
                    + " the same), mixed (of ten requests two, four, three, none, one and none).",
            "Requests are signed before the clock starts. A request times out after a second. Signatures and"
                    + " records of one answer in 200 are verified. A node may limit the rate of one source; nodes of"
                    + " this program exempt loopback.",
            "",
            "Example:",
            "  a2al bench load 127.0.0.1:4121 --mode find_node --duration 5 --pid 4711"
        })
final class BenchLoadCommand implements Callable<Integer> {

    @Mixin
    private MeasureOptions options = new MeasureOptions();

    @Parameters(paramLabel = "HOST:PORT", description = "The address; the port is 4121 if left out.")
    private String target = "";

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            defaultValue = "ping",
            description = "What to ask; see below. Default: ${DEFAULT-VALUE}.")
    private String mode = "";

    @Option(
            names = "--records",
            paramLabel = "T",
            defaultValue = "1",
            description = "Entries under the topic of find_value_topic. Default: ${DEFAULT-VALUE}.")
    private int records;

    @Option(
            names = "--fill",
            paramLabel = "N",
            defaultValue = "0",
            description = "Records that the node is given beforehand, each at another key. Default: ${DEFAULT-VALUE}.")
    private int fill;

    @Option(
            names = "--identities",
            paramLabel = "N",
            defaultValue = "64",
            description = "Senders, each with a socket of its own. Default: ${DEFAULT-VALUE}.")
    private int identities;

    @Option(
            names = "--window",
            paramLabel = "W",
            defaultValue = "64",
            description = "Requests under way at a time. Default: ${DEFAULT-VALUE}.")
    private int window;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "0",
            description = "Requests per second, sent on time as far as the window allows; 0 for as many as it allows."
                    + " Default: ${DEFAULT-VALUE}.")
    private int rate;

    @Option(
            names = "--duration",
            paramLabel = "SECONDS",
            defaultValue = "5",
            description = "How long to measure. Default: ${DEFAULT-VALUE}.")
    private int duration;

    @Option(
            names = "--warmup",
            paramLabel = "SECONDS",
            defaultValue = "2",
            description = "How long to send before that. Default: ${DEFAULT-VALUE}.")
    private int warmup;

    @Option(
            names = "--unproven",
            description = "Do not answer the node's PINGs, so that the senders stay unverified and may get truncated"
                    + " answers.")
    private boolean unproven;

    @Option(
            names = "--pid",
            paramLabel = "PID",
            description = "The node's process on this machine, to report its processor time.")
    private Optional<Long> pid = Optional.empty();

    @Override
    public Integer call() throws CommandException, IOException, InterruptedException {
        InetSocketAddress host = Nodes.parseNode(target);
        LoadSettings settings = settings();
        LoadReport report;
        try (Waiting _ = options.waiting("asking " + target)) {
            report = run(Nodes.answering(host), settings);
        }
        Output output = options.output();
        if (output.isJson()) {
            output.json(LoadReports.toJson(report).put("node", target));
        } else {
            LoadReports.print(output, report);
        }
        if (report.answered() == 0) {
            throw CommandException.noNetwork(Nodes.noAnswer(List.of(host)));
        }
        return 0;
    }

    private static LoadReport run(InetSocketAddress address, LoadSettings settings)
            throws CommandException, IOException {
        try {
            return LoadRun.run(address, settings);
        } catch (IllegalArgumentException e) {
            throw CommandException.wrongUse(e);
        }
    }

    private LoadSettings settings() throws CommandException {
        LoadMode chosen = LoadMode.named(mode)
                .orElseThrow(() -> CommandException.wrongUse(
                        "no such mode: \"" + mode + "\"; choose one of " + Arrays.toString(LoadMode.values())));
        try {
            return new LoadSettings(
                    chosen,
                    records,
                    fill,
                    identities,
                    window,
                    rate,
                    Duration.ofSeconds(duration),
                    Duration.ofSeconds(warmup),
                    !unproven,
                    pid.map(OptionalLong::of).orElse(OptionalLong.empty()));
        } catch (IllegalArgumentException e) {
            throw CommandException.wrongUse(e);
        }
    }
}
