package io.a2al.app.agent;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.app.cli.BootstrapOptions;
import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.CommonOptions;
import io.a2al.app.cli.Json;
import io.a2al.app.cli.Nodes;
import io.a2al.app.cli.Output;
import io.a2al.app.cli.Texts;
import io.a2al.dht.DhtNode;
import io.a2al.dht.result.MailResult;
import io.a2al.dht.result.ReceivedMail;
import io.a2al.dht.result.UnreadableMail;
import io.a2al.protocol.mailbox.Mail;
import io.a2al.protocol.record.SignedRecord;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Instant;
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
            "Collect and open the notes for the agent whose key is kept in --data, in the order they were sent.",
            "Notes stay in the network until they expire; sender and number tell them apart.",
            "A note that cannot be opened is listed as such.",
            "With --unread, only those that were not shown before; which were is kept in --data."
        },
        footer = {"", "Example:", "  a2al mail read --bootstrap seed.example:4121 --data ~/agent"})
final class MailReadCommand implements Callable<Integer> {

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private BootstrapOptions bootstrap = new BootstrapOptions();

    @Mixin
    private AgentOptions agent = new AgentOptions();

    @Option(
            names = "--unread",
            description = "Show only notes that neither this option nor a node has shown or delivered before with this"
                    + " directory.")
    private boolean unread;

    @Override
    public Integer call() throws CommandException, IOException, InterruptedException {
        Output output = common.output();
        List<InetSocketAddress> seeds = bootstrap.required();
        try (ActingAgent acting = agent.openKept("mail can only be opened with a key that is kept");
                DhtNode node = Nodes.startClient(acting.identity(), Nodes.parseAddress(Nodes.ANY_PORT))) {
            Nodes.join(node, seeds);
            MailResult result = node.readMail(acting.agent());
            if (unread) {
                UnreadMail shown = UnreadMail.of(acting, output);
                MailResult fresh = shown.among(result);
                show(output, acting, fresh);
                if (!output.hasFailed()) {
                    shown.mark(fresh);
                }
            } else {
                show(output, acting, result);
            }
            return 0;
        }
    }

    private static void show(Output output, ActingAgent acting, MailResult result) {
        long now = Instant.now().getEpochSecond();
        if (output.isJson()) {
            output.json(toJson(acting, result, now));
            return;
        }
        output.line("mail for", acting.agent().address());
        result.mail().forEach(note -> print(output, note, now));
        result.unreadable().forEach(note -> print(output, note, now));
        if (result.mail().isEmpty() && result.unreadable().isEmpty()) {
            output.line("none");
        }
        output.line("lookup", Texts.lookup(result.report()));
    }

    private static ObjectNode toJson(ActingAgent acting, MailResult result, long now) {
        ObjectNode object =
                Json.object().put("address", acting.agent().address().toString());
        ArrayNode mail = object.putArray("mail");
        for (ReceivedMail note : result.mail()) {
            ObjectNode item = mail.addObject()
                    .put("from", note.mail().sender().toString())
                    .put("type", note.mail().type());
            MailText.of(note.mail().body())
                    .ifPresentOrElse(
                            text -> item.put("text", text),
                            () -> item.put("hex", note.mail().body().toHex()));
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

    private static void putNumbers(ObjectNode item, SignedRecord record, long now) {
        item.put("seq", Texts.unsigned(record.sequence())).put("age_seconds", Texts.age(record, now));
    }

    private static void print(Output output, ReceivedMail note, long now) {
        Mail mail = note.mail();
        Optional<String> text = MailText.of(mail.body());
        output.line("from", mail.sender());
        output.line("  type", MailText.typeName(mail.type()));
        printNumbers(output, note.record(), now);
        output.line(
                text.isPresent() ? "  text" : "  hex",
                text.orElseGet(() -> mail.body().toHex()));
    }

    private static void print(Output output, UnreadableMail note, long now) {
        output.line("unreadable, from", note.senderClaim());
        printNumbers(output, note.record(), now);
        output.line("  reason", note.reason());
    }

    private static void printNumbers(Output output, SignedRecord record, long now) {
        output.line("  seq", Texts.unsigned(record.sequence()));
        output.line("  age", Texts.seconds(Texts.age(record, now)));
    }
}
