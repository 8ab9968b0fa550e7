package io.a2al.app.conformance;

import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.CommonOptions;
import io.a2al.app.cli.ExitCodes;
import io.a2al.app.cli.Nodes;
import io.a2al.app.cli.Output;
import io.a2al.app.cli.TimeoutOption;
import io.a2al.app.cli.Waiting;
import io.a2al.conformance.node.NodeReport;
import io.a2al.conformance.node.NodeSuite;
import io.a2al.conformance.node.ProbeSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code a2al conformance node}: checks a running node of any implementation. */
@Command(
        name = "node",
        description = {
            "Check a running node of any implementation from outside, with new identities and sockets.",
            "Exit code 0 if nothing failed, 1 if something did or the node does not answer."
        },
        footer = {
            "",
            "A check passes, differs in a way that is known of older nodes and does not fail, or fails. One that shows"
                    + " nothing about this node is skipped: nodes have no limits for loopback addresses, for example."
                    + " Datagrams go to this address only. Some records stay there for five minutes.",
            "",
            "Example:",
            "  a2al conformance node 127.0.0.1:4121"
        })
final class ConformanceNodeCommand implements Callable<Integer> {

    /** Longest time to wait for an answer, in seconds; longer than any user waits. */
    private static final double MAX_SECONDS = 60;

    @Mixin
    private CommonOptions common = new CommonOptions();

    // Picocli reads it.
    @Mixin
    @SuppressWarnings("UnusedVariable")
    private TimeoutOption timeout = new TimeoutOption();

    @Parameters(paramLabel = "HOST:PORT", description = "The address; the port is 4121 if left out.")
    private String target = "";

    @Option(
            names = "--answer-within",
            paramLabel = "SECONDS",
            defaultValue = "1",
            description = "How long an answer is waited for; each request is sent up to three times. Default: 1.")
    private double answerWithin;

    @Option(
            names = "--long",
            description = "Run checks that take minutes, too; each says how many. Without it they are skipped.")
    private boolean longChecks;

    @Override
    public Integer call() throws CommandException, IOException, InterruptedException {
        InetSocketAddress host = Nodes.parseNode(target);
        if (!(answerWithin > 0 && answerWithin <= MAX_SECONDS)) {
            throw CommandException.wrongUse(
                    "no time to wait: --answer-within " + answerWithin + "; give more than 0 and at most 60 seconds");
        }
        InetSocketAddress address = Nodes.answering(host);
        ProbeSettings settings = address.getAddress().isLoopbackAddress() ? ProbeSettings.LOCAL : ProbeSettings.REMOTE;
        if (longChecks) {
            settings = settings.withLongChecks();
        }
        Output output = common.output();
        NodeCheckTable table = new NodeCheckTable(output);
        Duration patience =
                Duration.ofNanos((long) (answerWithin * Duration.ofSeconds(1).toNanos()));
        NodeReport report;
        try (Waiting _ = Waiting.on(output, "checking " + target)) {
            report =
                    NodeSuite.run(address, settings.withTimeout(patience), output.isJson() ? result -> {} : table::row);
        }
        if (output.isJson()) {
            output.json(NodeCheckTable.toJson(target, report));
        }
        if (!report.answered()) {
            throw CommandException.noNetwork(Nodes.noAnswer(List.of(host)));
        }
        if (!output.isJson()) {
            table.summary(report);
        }
        return report.isGood() ? ExitCodes.DONE : ExitCodes.NOT_FOUND;
    }
}
