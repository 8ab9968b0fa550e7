package io.a2al.app.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.Json;
import io.a2al.app.cli.Nodes;
import io.a2al.app.cli.Output;
import io.a2al.app.cli.Texts;
import io.a2al.app.client.NetworkOptions;
import io.a2al.app.client.NodeApi;
import io.a2al.app.client.NotRunningException;
import io.a2al.dht.DhtNode;
import io.a2al.dht.DhtNodeBuilder;
import io.a2al.dht.result.MailResult;
import io.a2al.dht.result.ReceivedMail;
import io.a2al.dht.result.UnreadableMail;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.record.SignedRecord;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code a2al mail read}: collects and opens the notes for an agent. */
@Command(
        name = "read",
        description = {
            "Collect and open the notes for the agent whose key is kept in --data, in the order they were sent;"
                    + " without --data those for the agent of the node that runs on this machine.",
            "Notes stay in the network until they expire; sender and number tell them apart.",
            "A note that cannot be opened is listed as such.",
            "With --unread, only those that were not shown before; which were is kept in the data directory."
        },
        footer = {"", "Example:", "  a2al mail read", "  a2al mail read --bootstrap seed.example:4121 --data ~/agent"})
final class MailReadCommand implements Callable<Integer> {

    @Mixin
    private NetworkOptions network = new NetworkOptions();

    @Mixin
    private AgentOptions agent = new AgentOptions();

    @Option(
            names = "--unread",
            description = "Show only notes that neither this option nor a node has shown or delivered before with this"
                    + " directory.")
    private boolean unread;

    /** Of the notes that the running node gave. */
    private final List<String> ids = new ArrayList<>();

    @Override
    public Integer call() throws CommandException, IOException, InterruptedException {
        Output output = network.output();
        network.requireWay(agent.directory());
        Optional<ObjectNode> mail = network.askRunning(agent.running(network), this::overHttp);
        if (mail.isEmpty()) {
            alone(output);
            return 0;
        }
        print(output, mail.get());
        if (unread && !output.hasFailed()) {
            var _ = network.askRunning(agent.running(network), this::markOverHttp);
        }
        return 0;
    }

    // ---- by the node that runs --------------------------------------------------------------------------------

    private ObjectNode overHttp(NodeApi api) throws CommandException, NotRunningException {
        ObjectNode body = api.get(unread ? "/v1/mail?unread=true" : "/v1/mail").require();
        ObjectNode object = Json.object().put("address", body.path("address").asText());
        ArrayNode mail = object.putArray("mail");
        for (JsonNode note : body.path("mail")) {
            ObjectNode item = mail.addObject()
                    .put("from", note.path("from").asText())
                    .put("type", note.path("type").asInt());
            putBody(
                    item,
                    Bytes.copyOf(Base64.getDecoder().decode(note.path("base64").asText())));
            putNumbers(item, note);
        }
        ArrayNode unreadable = object.putArray("unreadable");
        for (JsonNode note : body.path("unreadable")) {
            ObjectNode item = unreadable
                    .addObject()
                    .put("from", note.path("from").asText())
                    .put("reason", note.path("reason").asText());
            putNumbers(item, note);
        }
        return object.set("lookup", HttpJson.lookup(body));
    }

    private void putNumbers(ObjectNode item, JsonNode note) {
        item.set("seq", note.path("seq"));
        item.put("age_seconds", HttpJson.age(note));
        ids.add(note.path("id").asText());
    }

    private ObjectNode markOverHttp(NodeApi api) throws CommandException, NotRunningException {
        return api.post("/v1/mail/delivered", Json.object().set("ids", Json.texts(ids)))
                .require();
    }

    // ---- by a node of the command's own -----------------------------------------------------------------------

    private void alone(Output output) throws CommandException, IOException, InterruptedException {
        try (ActingAgent acting = agent.openKept("mail can only be opened with a key that is kept")) {
            DhtNodeBuilder builder =
                    DhtNode.builder().identity(acting.identity()).clientMode();
            MailResult result = network.askAlone(
                    agent.directory(),
                    builder,
                    Nodes.parseAddress(Nodes.ANY_PORT),
                    node -> node.readMail(acting.agent()));
            if (!unread) {
                print(output, toJson(acting, result));
                return;
            }
            UnreadMail shown = UnreadMail.of(acting, output);
            MailResult fresh = shown.among(result);
            print(output, toJson(acting, fresh));
            if (!output.hasFailed()) {
                shown.mark(fresh);
            }
        }
    }

    private static ObjectNode toJson(ActingAgent acting, MailResult result) {
        long now = Instant.now().getEpochSecond();
        ObjectNode object =
                Json.object().put("address", acting.agent().address().toString());
        ArrayNode mail = object.putArray("mail");
        for (ReceivedMail note : result.mail()) {
            ObjectNode item = mail.addObject()
                    .put("from", note.mail().sender().toString())
                    .put("type", note.mail().type());
            putBody(item, note.mail().body());
            putNumbers(item, note.record(), now);
        }
        ArrayNode unreadable = object.putArray("unreadable");
        for (UnreadableMail note : result.unreadable()) {
            ObjectNode item = unreadable
                    .addObject()
                    .put("from", note.senderClaim().toString())
                    .put("reason", note.reason());
            putNumbers(item, note.record(), now);
        }
        return object.set("lookup", Json.lookup(result.report()));
    }

    private static void putBody(ObjectNode item, Bytes body) {
        MailText.of(body).ifPresentOrElse(text -> item.put("text", text), () -> item.put("hex", body.toHex()));
    }

    private static void putNumbers(ObjectNode item, SignedRecord record, long now) {
        item.put("seq", Texts.unsigned(record.sequence())).put("age_seconds", Texts.age(record, now));
    }

    // ---- output -----------------------------------------------------------------------------------------------

    private static void print(Output output, ObjectNode mail) {
        if (output.isJson()) {
            output.json(mail);
            return;
        }
        output.line("mail for", mail.path("address").asText());
        mail.path("mail").forEach(note -> printNote(output, note));
        mail.path("unreadable").forEach(note -> printUnreadable(output, note));
        if (mail.path("mail").isEmpty() && mail.path("unreadable").isEmpty()) {
            output.line("none");
        }
        output.line("lookup", Texts.lookup(mail.path("lookup")));
    }

    private static void printNote(Output output, JsonNode note) {
        output.line("from", note.path("from").asText());
        output.line("  type", MailText.typeName(note.path("type").asInt()));
        printNumbers(output, note);
        String form = note.has("text") ? "text" : "hex";
        output.line("  " + form, note.path(form).asText());
    }

    private static void printUnreadable(Output output, JsonNode note) {
        output.line("unreadable, from", note.path("from").asText());
        printNumbers(output, note);
        output.line("  reason", note.path("reason").asText());
    }

    private static void printNumbers(Output output, JsonNode note) {
        output.line("  seq", note.path("seq").asText());
        output.line("  age", Texts.seconds(note.path("age_seconds").asLong()));
    }
}
