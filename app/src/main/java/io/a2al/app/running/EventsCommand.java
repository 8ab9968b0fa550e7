package io.a2al.app.running;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.Json;
import io.a2al.app.cli.Output;
import io.a2al.app.cli.StopSignal;
import io.a2al.app.client.EventStream;
import io.a2al.app.client.JsonTree;
import io.a2al.app.client.RunningNodeOptions;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code a2al events}: follows what happens to the running node. */
@Command(
        name = "events",
        description = {
            "Follow what happens to the node that runs on this machine, until stopped (Ctrl-C): mail, records, peers.",
            "With --json each event is one line. With --timeout it ends after that time; the exit code is 3 if nothing"
                    + " happened."
        },
        footer = {"", "Example:", "  a2al events --type mail", "  a2al events --json --count 1 --timeout 1m"})
public final class EventsCommand implements Callable<Integer> {

    /** Events that wait to be printed; beyond that the node is told to wait, as the stream is not read. */
    private static final int WAITING = 256;

    /** How often a signal is looked for. */
    private static final long TICK_MS = 100;

    @Mixin
    private RunningNodeOptions running = new RunningNodeOptions();

    @Option(
            names = "--type",
            paramLabel = "NAME",
            split = "[,\n]",
            hideParamSyntax = true,
            description = "Only events of this type. Can be given repeatedly. Default: all.")
    private List<String> types = new ArrayList<>();

    @Option(names = "--count", paramLabel = "N", description = "End after this many events, 1 or more. Default: never.")
    private int count = Integer.MAX_VALUE;

    /** What the reading thread has to tell. */
    private sealed interface News {

        /** An event came. */
        record Came(EventStream.Event event) implements News {}

        /** No further one will come. */
        record Ended(String reason) implements News {}
    }

    @Override
    public Integer call() throws CommandException, InterruptedException {
        if (count < 1) {
            throw CommandException.wrongUse("--count: " + count + "; choose 1 or more");
        }
        Output output = running.output();
        String query =
                types.isEmpty() ? "" : "?types=" + URLEncoder.encode(String.join(",", types), StandardCharsets.UTF_8);
        try (StopSignal stop = StopSignal.install();
                EventStream events = running.ask(api -> api.follow("/v1/events" + query, "text/event-stream", 0))) {
            BlockingQueue<News> news = new ArrayBlockingQueue<>(WAITING);
            Thread reader = Thread.ofPlatform().name("a2al-events").daemon().start(() -> read(events, news));
            try {
                follow(output, news, stop);
            } finally {
                reader.interrupt();
            }
        } catch (IOException closing) {
            // Nothing more is read from the stream.
        }
        return 0;
    }

    private static void read(EventStream events, BlockingQueue<News> news) {
        try {
            String reason = "the node has closed the stream";
            try {
                Optional<EventStream.Event> event = events.next();
                while (event.isPresent()) {
                    news.put(new News.Came(event.get()));
                    event = events.next();
                }
            } catch (IOException e) {
                reason += ": " + e.getMessage();
            }
            news.put(new News.Ended(reason));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow(Output output, BlockingQueue<News> news, StopSignal stop)
            throws CommandException, InterruptedException {
        int printed = 0;
        try {
            while (printed < count && !stop.isRequested() && !output.hasFailed()) {
                switch (news.poll(TICK_MS, TimeUnit.MILLISECONDS)) {
                    case News.Came(EventStream.Event event) -> {
                        print(output, event);
                        printed++;
                    }
                    case News.Ended(String reason) -> throw CommandException.noNetwork(reason + "; is it running?");
                    case null -> {
                        // Nothing happened meanwhile.
                    }
                }
            }
        } catch (InterruptedException timeout) {
            if (printed == 0 || !running.timeout().isOver()) {
                throw timeout;
            }
        }
    }

    private static void print(Output output, EventStream.Event event) {
        JsonNode data = data(event);
        if (output.isJson()) {
            ObjectNode object = Json.object().put("event", event.type());
            if (!event.id().isEmpty()) {
                object.put("id", event.id());
            }
            output.json(object.set("data", data));
        } else {
            String now = LocalTime.now(ZoneId.systemDefault())
                    .truncatedTo(ChronoUnit.SECONDS)
                    .toString();
            output.line(
                    now + "  " + Output.printable(event.type()), data.isTextual() ? data.asText() : data.toString());
        }
    }

    private static JsonNode data(EventStream.Event event) {
        try {
            return JsonTree.object(event.data());
        } catch (IOException noObject) {
            return TextNode.valueOf(event.data());
        }
    }
}
