package io.a2al.app.agent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.Json;
import io.a2al.app.cli.Nodes;
import io.a2al.app.cli.Output;
import io.a2al.app.cli.Texts;
import io.a2al.app.client.NetworkOptions;
import io.a2al.app.client.NodeApi;
import io.a2al.app.client.NotRunningException;
import io.a2al.core.api.LookupReport;
import io.a2al.dht.DhtNode;
import io.a2al.dht.DhtNodeBuilder;
import io.a2al.dht.Publication;
import io.a2al.dht.PublicationNotice;
import io.a2al.dht.SendResult;
import io.a2al.dht.files.OwnerOnlyFile;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.mailbox.Mail;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code a2al mail send}: seals a note for an agent and leaves it in the network. */
@Command(
        name = "send",
        description = {
            "Send a note that only its recipient can read, and that waits in the network for an hour.",
            "The recipient needs a valid endpoint record, but need not be there.",
            "Without --data the node that runs on this machine sends it, as its own agent.",
            "If none runs, the sender gets a new address, whose key is lost after this run."
        },
        footer = {
            "",
            "Example:",
            "  a2al mail send A056475aa75463474C0285df5Dbf2bcAB73Da65135 --text hello",
            "  a2al mail send A056475aa75463474C0285df5Dbf2bcAB73Da65135 --text hello \\",
            "      --bootstrap seed.example:4121 --data ~/agent"
        })
final class MailSendCommand implements Callable<Integer> {

    /** More than fits into any note, in bytes. */
    private static final int LONGEST_NOTE = 1200;

    private final InputStream in;

    @Mixin
    private NetworkOptions network = new NetworkOptions();

    @Mixin
    private AgentOptions agent = new AgentOptions();

    @Parameters(paramLabel = "RECIPIENT", description = "The recipient's address.")
    private String recipient = "";

    @ArgGroup
    private BodyOptions body = new BodyOptions();

    @Option(
            names = "--type",
            paramLabel = "NUMBER",
            description = "What kind of note it is, 0 to 255: 1 asks for a connection, 2 has addresses, 3 is a text."
                    + " Default: 3.")
    private int type = Mail.TEXT;

    /** The source of the body; standard input if neither option is given. */
    static final class BodyOptions {

        @Option(names = "--text", paramLabel = "TEXT", description = "The note itself.")
        private Optional<String> text = Optional.empty();

        @Option(
                names = "--file",
                paramLabel = "FILE",
                description = "A file with the note; without --text and --file it is read from standard input.")
        private Optional<Path> file = Optional.empty();
    }

    /** The command, reading {@code in} as standard input. */
    MailSendCommand(InputStream in) {
        this.in = in;
    }

    @Override
    public Integer call() throws CommandException, IOException, InterruptedException {
        Output output = network.output();
        Address to = Texts.parseAgent(recipient);
        if (type < 0 || type > 0xff) {
            throw CommandException.wrongUse("not a type: " + type + "; choose a number from 0 to 255");
        }
        network.requireWay(agent.directory());
        Optional<ObjectNode> sent = network.askRunning(agent.running(network), api -> overHttp(api, to));
        print(output, sent.isPresent() ? sent.get() : alone(to));
        return 0;
    }

    // ---- by the node that runs --------------------------------------------------------------------------------

    private ObjectNode overHttp(NodeApi api, Address to) throws CommandException, NotRunningException {
        String from = api.get("/v1/status").require().path("agent").asText();
        byte[] note = read(LONGEST_NOTE);
        ObjectNode request = Json.object()
                .put("to", to.toString())
                .put("type", type)
                .put("base64", Base64.getEncoder().encodeToString(note));
        NodeApi.Answer answer = api.post("/v1/mail", request);
        ObjectNode body = answer.body();
        if (body.has("key")) {
            ObjectNode sent = sent(from, to, note.length, true);
            for (String same : List.of("key", "replicas", "wanted", "seq", "ttl_seconds", "warnings")) {
                sent.set(same, body.path(same));
            }
            ObjectNode report = HttpJson.lookup(body);
            if (!answer.isGood()) {
                throw notStored(to, body.path("key").asText(), report);
            }
            return sent.set("lookup", report);
        }
        if (answer.isNotFound() && body.has("lookup")) {
            throw recipientUnknown(to, HttpJson.lookup(body));
        }
        return answer.require();
    }

    // ---- by a node of the command's own -----------------------------------------------------------------------

    private ObjectNode alone(Address to) throws CommandException, IOException, InterruptedException {
        try (ActingAgent acting = agent.open()) {
            int limit = acting.agent()
                    .longestMail(type)
                    .orElseThrow(() -> CommandException.wrongUse("no note fits beside the delegation proof of "
                            + acting.agent().address() + "; send as another agent"));
            Bytes note = Bytes.copyOf(read(limit));
            DhtNodeBuilder builder =
                    DhtNode.builder().identity(acting.identity()).clientMode();
            return network.askAlone(
                    agent.directory(),
                    builder,
                    Nodes.parseAddress(Nodes.ANY_PORT),
                    node -> send(node, acting, to, note));
        }
    }

    private ObjectNode send(DhtNode node, ActingAgent acting, Address to, Bytes note)
            throws CommandException, InterruptedException {
        return switch (node.sendMail(acting.agent(), to, type, note)) {
            case SendResult.Sent(Publication publication, LookupReport report) -> {
                Publication.State state = publication.state();
                ObjectNode sent = sent(acting.agent().address().toString(), to, note.length(), acting.isKept())
                        .put("key", publication.key().toString())
                        .put("replicas", state.replicas())
                        .put("wanted", state.wanted())
                        .put("seq", Texts.unsigned(state.record().sequence()))
                        .put("ttl_seconds", state.record().ttl());
                sent.set(
                        "warnings",
                        Json.texts(publication.notices().stream()
                                .map(PublicationNotice::text)
                                .toList()));
                yield sent.set("lookup", Json.lookup(report));
            }
            case SendResult.NotStored(Publication publication, LookupReport report) ->
                throw notStored(to, publication.key().toString(), Json.lookup(report));
            case SendResult.RecipientUnknown(LookupReport report) -> throw recipientUnknown(to, Json.lookup(report));
        };
    }

    private ObjectNode sent(String from, Address to, int bytes, boolean isKept) {
        return Json.object()
                .put("sent", true)
                .put("from", from)
                .put("to", to.toString())
                .put("type", type)
                .put("bytes", bytes)
                .put("identity_kept", isKept);
    }

    private static CommandException notStored(Address to, String key, ObjectNode report) {
        return CommandException.noNetwork(
                        "no other node took the note at key " + key + "; try again, or join through another node")
                .with(notSent(to, "not_stored", report));
    }

    private static CommandException recipientUnknown(Address to, ObjectNode report) {
        return CommandException.notFound("no endpoint record of " + to + " found (" + Texts.lookup(report)
                        + "), whose key the note would be sealed with; has the agent published one?")
                .with(notSent(to, "recipient_unknown", report));
    }

    private static ObjectNode notSent(Address to, String reason, ObjectNode report) {
        return Json.object()
                .put("sent", false)
                .put("reason", reason)
                .put("to", to.toString())
                .set("lookup", report);
    }

    /** Reads at most one byte more than a note can hold. */
    private byte[] read(int limit) throws CommandException {
        int tooMuch = limit + 1;
        byte[] bytes = body.text.isPresent()
                ? body.text.get().getBytes(StandardCharsets.UTF_8)
                : body.file.isPresent() ? read(body.file.get(), tooMuch) : readInput(tooMuch);
        if (bytes.length >= tooMuch) {
            throw CommandException.wrongUse(
                    "the note has more than " + limit + " bytes, the most that fits; send where to find the rest");
        }
        if (bytes.length == 0) {
            throw CommandException.wrongUse(
                    "the note is empty; give it with --text, with --file, or on standard input");
        }
        return bytes;
    }

    private byte[] readInput(int most) throws CommandException {
        try {
            return in.readNBytes(most);
        } catch (IOException e) {
            throw CommandException.failed("standard input cannot be read: " + OwnerOnlyFile.reason(e));
        }
    }

    private static byte[] read(Path file, int most) throws CommandException {
        try (InputStream content = Files.newInputStream(file)) {
            return content.readNBytes(most);
        } catch (IOException e) {
            throw CommandException.wrongUse("file " + file + " cannot be read: " + OwnerOnlyFile.reason(e));
        }
    }

    private static void print(Output output, ObjectNode sent) {
        sent.path("warnings").forEach(text -> output.warn("warning: " + text.asText()));
        if (output.isJson()) {
            output.json(sent);
            return;
        }
        output.line("from", sent.path("from").asText());
        if (!sent.path("identity_kept").asBoolean()) {
            output.line("identity", "new, and not kept; keep one with --data DIR");
        }
        output.line("to", sent.path("to").asText());
        output.line(
                "replicas",
                sent.path("replicas").asInt() + " of " + sent.path("wanted").asInt());
        output.line("kept for", Texts.seconds(sent.path("ttl_seconds").asLong()));
        output.line("lookup", Texts.lookup(sent.path("lookup")));
    }
}
