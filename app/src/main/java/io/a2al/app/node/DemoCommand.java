package io.a2al.app.node;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.CommonOptions;
import io.a2al.app.cli.Json;
import io.a2al.app.cli.Nodes;
import io.a2al.app.cli.Output;
import io.a2al.app.cli.Texts;
import io.a2al.app.cli.TimeoutOption;
import io.a2al.app.cli.Waiting;
import io.a2al.protocol.record.EndpointPayload;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code a2al demo}: runs a whole network and checks its answers. */
@Command(
        name = "demo",
        description = {
            "Start a network in this process, over UDP on 127.0.0.1; publish through some nodes, find through others.",
            "Every answer is compared with what was published; the exit code is 0 only if all were right."
        },
        footer = {"", "Example:", "  a2al demo --nodes 50 --serve"})
public final class DemoCommand implements Callable<Integer> {

    private static final int MIN_NODES = 4;
    private static final int MAX_NODES = 200;

    private final UnaryOperator<EndpointPayload> fault;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private TimeoutOption timeout = TimeoutOption.ofWork();

    @Option(
            names = "--nodes",
            paramLabel = "N",
            defaultValue = "20",
            description = "How many nodes, " + MIN_NODES + " to " + MAX_NODES + ". Default: ${DEFAULT-VALUE}.")
    private int nodes;

    @Option(
            names = "--serve",
            paramLabel = "HOST:PORT",
            arity = "0..1",
            fallbackValue = DemoPages.USUAL_ADDRESS,
            description =
                    "Keep the network running afterwards, and show one of its nodes in a browser on this machine, until"
                            + " Ctrl-C. Default address: " + DemoPages.USUAL_ADDRESS + ".")
    private @Nullable String serve;

    public DemoCommand() {
        this(UnaryOperator.identity());
    }

    /** Creates a demonstration that publishes what {@code fault} makes of the expected payloads. */
    public DemoCommand(UnaryOperator<EndpointPayload> fault) {
        this.fault = fault;
    }

    @Override
    public Integer call() throws CommandException, IOException, InterruptedException {
        if (nodes < MIN_NODES || nodes > MAX_NODES) {
            throw CommandException.wrongUse(
                    "cannot show " + nodes + " nodes; choose " + MIN_NODES + " to " + MAX_NODES + " with --nodes");
        }
        // Before the network runs, as a slip is better told at once.
        Optional<InetSocketAddress> pages = serve == null
                ? Optional.empty()
                : Optional.of(Nodes.resolve(Nodes.parseAddress(serve)).getFirst());
        Output output = common.output();
        ObjectNode summary = Json.object().put("nodes", nodes);
        ArrayNode steps = summary.putArray("steps");
        boolean right;
        Waiting waiting = Waiting.on(output, "starting");
        try (Demo demo = new Demo(nodes, fault, step -> report(step, steps, output), waiting::say)) {
            try (waiting) {
                right = demo.run();
            }
            timeout.end();
            if (pages.isPresent()) {
                DemoPages.show(demo.shown(), pages.get(), output);
            }
        }
        if (output.isJson()) {
            output.json(summary.put("right", right));
        } else if (right) {
            output.line("all answers were right");
        }
        if (!right) {
            throw CommandException.notFound("the network gave a wrong answer; see the steps marked as wrong");
        }
        return 0;
    }

    private static void report(Demo.Step step, ArrayNode steps, Output output) {
        steps.addObject()
                .put("step", step.what())
                .put("elapsed_ms", Texts.milliseconds(step.elapsed()))
                .put("right", step.right());
        if (!output.isJson()) {
            output.line(String.format(
                    Locale.ROOT,
                    "%8.1f ms  %s%s",
                    Texts.milliseconds(step.elapsed()),
                    step.right() ? "" : "WRONG: ",
                    step.what()));
        }
    }
}
