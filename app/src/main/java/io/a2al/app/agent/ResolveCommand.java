package io.a2al.app.agent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.app.cli.BootstrapOptions;
import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.CommonOptions;
import io.a2al.app.cli.Json;
import io.a2al.app.cli.Nodes;
import io.a2al.app.cli.Output;
import io.a2al.app.cli.Texts;
import io.a2al.core.api.Freshness;
import io.a2al.core.api.LookupReport;
import io.a2al.dht.DhtNode;
import io.a2al.dht.result.EndpointRecord;
import io.a2al.dht.result.ResolveResult;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.SignedRecord;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code a2al resolve}: finds where an agent can be reached. */
@Command(
        name = "resolve",
        description = "Find where an agent can be reached: its newest endpoint record.",
        footer = {
            "",
            "Example:",
            "  a2al resolve A056475aa75463474C0285df5Dbf2bcAB73Da65135 --bootstrap seed.example:4121"
        })
public final class ResolveCommand implements Callable<Integer> {

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private BootstrapOptions bootstrap = new BootstrapOptions();

    @Parameters(paramLabel = "ADDRESS", description = "The agent's address.")
    private String agent = "";

    @Option(
            names = "--fresh",
            paramLabel = "LEVEL",
            defaultValue = "newest",
            description = "How sure to make that the record is the newest: first (take what comes first), newest (ask"
                    + " three holders, and more if they disagree), or majority (hear five of the eight nearest nodes)."
                    + " Default: ${DEFAULT-VALUE}.")
    private String fresh = "";

    @Override
    public Integer call() throws CommandException, InterruptedException {
        Output output = common.output();
        Address address = Texts.parseAgent(agent);
        Freshness freshness = parse(fresh);
        List<InetSocketAddress> seeds = bootstrap.required();
        try (DhtNode node = Nodes.startClient()) {
            Nodes.join(node, seeds);
            return switch (node.query().withFreshness(freshness).resolve(address)) {
                case ResolveResult.Found(EndpointRecord found, LookupReport report) -> {
                    long now = Instant.now().getEpochSecond();
                    if (output.isJson()) {
                        output.json(toJson(found, now).set("lookup", Json.lookup(report)));
                    } else {
                        print(output, found, now);
                        output.line("lookup", Texts.lookup(report));
                    }
                    yield 0;
                }
                case ResolveResult.NotFound(LookupReport report) -> {
                    if (output.isJson()) {
                        output.json(Json.object()
                                .put("found", false)
                                .put("address", address.toString())
                                .set("lookup", Json.lookup(report)));
                    }
                    throw CommandException.failed("no endpoint record of " + address + " found (" + Texts.lookup(report)
                            + "); has the agent published one?");
                }
            };
        }
    }

    private static Freshness parse(String level) throws CommandException {
        return switch (level) {
            case "first" -> Freshness.FIRST;
            case "newest" -> Freshness.NEWEST;
            case "majority" -> Freshness.MAJORITY;
            default -> throw CommandException.wrongUse("--fresh: \"" + level + "\"; choose first, newest or majority");
        };
    }

    /** Returns the list of signal URLs, or the single one where there is no list (wire.md 11.1). */
    private static List<String> signals(EndpointPayload payload) {
        if (!payload.signals().isEmpty()) {
            return payload.signals();
        }
        return payload.signal().isEmpty() ? List.of() : List.of(payload.signal());
    }

    private static long ttlLeft(SignedRecord record, long now) {
        return record.ttl() - Texts.age(record, now);
    }

    private static ObjectNode toJson(EndpointRecord found, long now) {
        ObjectNode object =
                Json.object().put("found", true).put("address", found.address().toString());
        object.set("endpoints", Json.texts(found.payload().endpoints()));
        object.put("nat", Texts.natName(found.payload().natType()));
        object.set("signals", Json.texts(signals(found.payload())));
        object.set("turns", Json.texts(found.payload().turns()));
        return object.put("seq", Texts.unsigned(found.record().sequence()))
                .put("age_seconds", Texts.age(found.record(), now))
                .put("ttl_left_seconds", ttlLeft(found.record(), now));
    }

    private static void print(Output output, EndpointRecord found, long now) {
        output.line("address", found.address());
        found.payload().endpoints().forEach(url -> output.line("endpoint", url));
        output.line("nat", Texts.natName(found.payload().natType()));
        signals(found.payload()).forEach(url -> output.line("signal", url));
        found.payload().turns().forEach(url -> output.line("turn", url));
        output.line("seq", Texts.unsigned(found.record().sequence()));
        output.line("age", Texts.seconds(Texts.age(found.record(), now)));
        output.line("ttl left", Texts.seconds(ttlLeft(found.record(), now)));
    }
}
