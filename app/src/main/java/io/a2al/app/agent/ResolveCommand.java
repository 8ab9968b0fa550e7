package io.a2al.app.agent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.DirectoryOption;
import io.a2al.app.cli.Json;
import io.a2al.app.cli.Output;
import io.a2al.app.cli.Texts;
import io.a2al.app.client.NetworkOptions;
import io.a2al.app.client.NodeApi;
import io.a2al.app.client.NotRunningException;
import io.a2al.core.api.Freshness;
import io.a2al.dht.DhtNode;
import io.a2al.dht.result.EndpointRecord;
import io.a2al.dht.result.ResolveResult;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.record.EndpointPayload;
import java.math.BigInteger;
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
            "  a2al resolve A056475aa75463474C0285df5Dbf2bcAB73Da65135",
            "  a2al resolve A056475aa75463474C0285df5Dbf2bcAB73Da65135 --bootstrap seed.example:4121"
        })
public final class ResolveCommand implements Callable<Integer> {

    @Mixin
    private NetworkOptions network = new NetworkOptions();

    @Mixin
    private DirectoryOption data = new DirectoryOption();

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
        Output output = network.output();
        Address address = Texts.parseAgent(agent);
        Freshness freshness = parse(fresh);
        ObjectNode result =
                network.ask(data.given(), api -> overHttp(api, address), node -> by(node, address, freshness));
        if (!result.path("found").asBoolean()) {
            throw CommandException.notFound("no endpoint record of " + address + " found ("
                            + Texts.lookup(result.path("lookup")) + "); has the agent published one?")
                    .with(result);
        }
        if (output.isJson()) {
            output.json(result);
        } else {
            print(output, result);
        }
        return 0;
    }

    private static Freshness parse(String level) throws CommandException {
        return switch (level) {
            case "first" -> Freshness.FIRST;
            case "newest" -> Freshness.NEWEST;
            case "majority" -> Freshness.MAJORITY;
            default -> throw CommandException.wrongUse("--fresh: \"" + level + "\"; choose first, newest or majority");
        };
    }

    private ObjectNode overHttp(NodeApi api, Address address) throws CommandException, NotRunningException {
        NodeApi.Answer answer = api.get("/v1/resolve/" + address + "?fresh=" + fresh + HttpJson.timeout(network));
        if (answer.isNotFound() && answer.body().has("lookup")) {
            return notFound(address).set("lookup", HttpJson.lookup(answer.body()));
        }
        ObjectNode body = answer.require();
        ObjectNode object = Json.object()
                .put("found", true)
                .put("address", body.path("address").asText());
        for (String same : List.of("endpoints", "nat", "signals", "turns", "seq")) {
            object.set(same, body.path(same));
        }
        long age = HttpJson.age(body);
        return object.put("age_seconds", age)
                .put("ttl_left_seconds", body.path("ttl_seconds").asLong() - age)
                .set("lookup", HttpJson.lookup(body));
    }

    private static ObjectNode by(DhtNode node, Address address, Freshness freshness) throws InterruptedException {
        return switch (node.query().withFreshness(freshness).resolve(address)) {
            case ResolveResult.Found found -> toJson(found.endpoint()).set("lookup", Json.lookup(found.report()));
            case ResolveResult.NotFound none -> notFound(address).set("lookup", Json.lookup(none.report()));
        };
    }

    private static ObjectNode notFound(Address address) {
        return Json.object().put("found", false).put("address", address.toString());
    }

    private static ObjectNode toJson(EndpointRecord found) {
        long age = Texts.age(found.record(), Instant.now().getEpochSecond());
        ObjectNode object =
                Json.object().put("found", true).put("address", found.address().toString());
        object.set("endpoints", Json.texts(found.payload().endpoints()));
        object.put("nat", Texts.natName(found.payload().natType()));
        object.set("signals", Json.texts(signals(found.payload())));
        object.set("turns", Json.texts(found.payload().turns()));
        BigInteger sequence = Texts.unsigned(found.record().sequence());
        return object.put("seq", sequence)
                .put("age_seconds", age)
                .put("ttl_left_seconds", found.record().ttl() - age);
    }

    /** Returns the list of signal URLs, or the single one where there is no list (wire.md 11.1). */
    private static List<String> signals(EndpointPayload payload) {
        if (!payload.signals().isEmpty()) {
            return payload.signals();
        }
        return payload.signal().isEmpty() ? List.of() : List.of(payload.signal());
    }

    private static void print(Output output, ObjectNode found) {
        output.line("address", found.path("address").asText());
        found.path("endpoints").forEach(url -> output.line("endpoint", url.asText()));
        output.line("nat", found.path("nat").asText());
        found.path("signals").forEach(url -> output.line("signal", url.asText()));
        found.path("turns").forEach(url -> output.line("turn", url.asText()));
        output.line("seq", found.path("seq").asText());
        output.line("age", Texts.seconds(found.path("age_seconds").asLong()));
        output.line("ttl left", Texts.seconds(found.path("ttl_left_seconds").asLong()));
        output.line("lookup", Texts.lookup(found.path("lookup")));
    }
}
