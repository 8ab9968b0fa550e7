package io.a2al.app.agent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.app.cli.BootstrapOptions;
import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.CommonOptions;
import io.a2al.app.cli.Json;
import io.a2al.app.cli.Nodes;
import io.a2al.app.cli.Output;
import io.a2al.app.cli.Texts;
import io.a2al.core.api.LookupReport;
import io.a2al.dht.Agent;
import io.a2al.dht.DhtNode;
import io.a2al.dht.Publication;
import io.a2al.dht.PublicationNotice;
import io.a2al.dht.SendResult;
import io.a2al.dht.files.OwnerOnlyFile;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.mailbox.Mail;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
            "Without --data the sender gets a new address, whose key is lost after this run."
        },
        footer = {
            "",
            "Example:",
            "  a2al mail send A056475aa75463474C0285df5Dbf2bcAB73Da65135 --text hello \\",
            "      --bootstrap seed.example:4121 --data ~/agent"
        })
final class MailSendCommand implements Callable<Integer> {

    private final InputStream in;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private BootstrapOptions bootstrap = new BootstrapOptions();

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
        Output output = common.output();
        Address to = Texts.parseAgent(recipient);
        if (type < 0 || type > 0xff) {
            throw CommandException.wrongUse("not a type: " + type + "; choose a number from 0 to 255");
        }
        List<InetSocketAddress> seeds = bootstrap.required();
        try (ActingAgent acting = agent.open()) {
            int limit = acting.agent()
                    .longestMail(type)
                    .orElseThrow(() -> CommandException.wrongUse("no note fits beside the delegation proof of "
                            + acting.agent().address() + "; send as another agent"));
            return send(output, acting, to, read(limit), seeds);
        }
    }

    private int send(Output output, ActingAgent acting, Address to, Bytes note, List<InetSocketAddress> seeds)
            throws CommandException, InterruptedException {
        try (DhtNode node = Nodes.startClient(acting.identity(), Nodes.parseAddress(Nodes.ANY_PORT))) {
            Nodes.join(node, seeds);
            return switch (node.sendMail(acting.agent(), to, type, note)) {
                case SendResult.Sent(Publication publication, LookupReport report) -> {
                    print(output, acting, to, note, publication, report);
                    yield 0;
                }
                case SendResult.NotStored(Publication publication, LookupReport report) -> {
                    fail(output, to, "not_stored", report);
                    throw CommandException.failed("no other node took the note at key " + publication.key()
                            + "; try again, or join through another node");
                }
                case SendResult.RecipientUnknown(LookupReport report) -> {
                    fail(output, to, "recipient_unknown", report);
                    throw CommandException.failed("no endpoint record of " + to + " found (" + Texts.lookup(report)
                            + "), whose key the note would be sealed with; has the agent published one?");
                }
            };
        }
    }

    /** Reads at most one byte more than a note can hold. */
    private Bytes read(int limit) throws CommandException, IOException {
        int tooMuch = limit + 1;
        byte[] bytes;
        if (body.text.isPresent()) {
            bytes = body.text.get().getBytes(StandardCharsets.UTF_8);
        } else if (body.file.isPresent()) {
            bytes = read(body.file.get(), tooMuch);
        } else {
            bytes = in.readNBytes(tooMuch);
        }
        if (bytes.length >= tooMuch) {
            throw CommandException.wrongUse(
                    "the note has more than " + limit + " bytes, the most that fits; send where to find the rest");
        }
        if (bytes.length == 0) {
            throw CommandException.wrongUse(
                    "the note is empty; give it with --text, with --file, or on standard input");
        }
        return Bytes.copyOf(bytes);
    }

    private static byte[] read(Path file, int most) throws CommandException {
        try (InputStream content = Files.newInputStream(file)) {
            return content.readNBytes(most);
        } catch (IOException e) {
            throw CommandException.wrongUse("file " + file + " cannot be read: " + OwnerOnlyFile.reason(e));
        }
    }

    private void print(
            Output output, ActingAgent acting, Address to, Bytes note, Publication publication, LookupReport report) {
        Agent sender = acting.agent();
        Publication.State state = publication.state();
        List<String> warnings =
                publication.notices().stream().map(PublicationNotice::text).toList();
        warnings.forEach(text -> output.warn("warning: " + text));
        if (output.isJson()) {
            ObjectNode object = Json.object()
                    .put("sent", true)
                    .put("from", sender.address().toString())
                    .put("to", to.toString())
                    .put("type", type)
                    .put("bytes", note.length())
                    .put("identity_kept", acting.isKept())
                    .put("key", publication.key().toString())
                    .put("replicas", state.replicas())
                    .put("wanted", state.wanted())
                    .put("seq", Texts.unsigned(state.record().sequence()))
                    .put("ttl_seconds", state.record().ttl());
            object.set("warnings", Json.texts(warnings));
            output.json(object.set("lookup", Json.lookup(report)));
            return;
        }
        output.line("from", sender.address());
        if (!acting.isKept()) {
            output.line("identity", "new, and not kept; keep one with --data DIR");
        }
        output.line("to", to);
        output.line("replicas", state.replicas() + " of " + state.wanted());
        output.line("kept for", Texts.seconds(state.record().ttl()));
        output.line("lookup", Texts.lookup(report));
    }

    private static void fail(Output output, Address to, String reason, LookupReport report) {
        if (output.isJson()) {
            output.json(Json.object()
                    .put("sent", false)
                    .put("reason", reason)
                    .put("to", to.toString())
                    .set("lookup", Json.lookup(report)));
        }
    }
}
