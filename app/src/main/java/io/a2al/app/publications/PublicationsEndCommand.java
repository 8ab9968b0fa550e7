package io.a2al.app.publications;

import com.fasterxml.jackson.databind.JsonNode;
import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.Json;
import io.a2al.app.cli.Output;
import io.a2al.app.client.NodeApi;
import io.a2al.app.client.NotRunningException;
import io.a2al.dht.files.KeptPublication;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.Topics;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code a2al publications end}: has a node resume something no longer. */
@Command(
        name = "end",
        description = {
            "End publications of the running node, or have the node of a data directory not resume them.",
            "The copies of other nodes expire within an hour."
        },
        footer = {
            "",
            "Example:",
            "  a2al publications end --data ~/agent --topic ai/translation",
            "  a2al publications end --data ~/agent --all"
        })
final class PublicationsEndCommand implements Callable<Integer> {

    @Mixin
    private OpenPublications data = new OpenPublications();

    @ArgGroup
    private Choice choice = new Choice();

    /** Which publications end. */
    static final class Choice {

        @Option(names = "--topic", paramLabel = "NAME", description = "Those under this topic.")
        private Optional<String> topic = Optional.empty();

        @Option(
                names = "--key",
                paramLabel = "HEX",
                description = "Those at this key, as 'a2al publications list' shows it.")
        private Optional<String> key = Optional.empty();

        @Option(names = "--all", description = "All of them.")
        private boolean all;

        /** Returns the key; empty for all keys. */
        private Optional<NodeId> parse() throws CommandException {
            if (all) {
                return Optional.empty();
            }
            if (topic.isPresent()) {
                return topic.map(Topics::keyOf);
            }
            if (key.isEmpty()) {
                throw CommandException.wrongUse("which publications? Give --topic NAME, --key HEX or --all");
            }
            try {
                return key.map(NodeId::fromHex);
            } catch (IllegalArgumentException e) {
                throw CommandException.wrongUse(
                        "not a key: \"" + key.get() + "\"; write the 64 hexadecimal digits that the list shows");
            }
        }
    }

    @Override
    public Integer call() throws CommandException {
        Optional<NodeId> at = choice.parse();
        Optional<Integer> running = data.askRunning(api -> overHttp(api, at));
        int ended = running.isPresent() ? running.get() : inFile(at);
        Output output = data.output();
        if (output.isJson()) {
            output.json(Json.object().put("ended", ended));
        } else {
            output.line("ended", ended == 1 ? "1 publication" : ended + " publications");
        }
        return 0;
    }

    private int overHttp(NodeApi api, Optional<NodeId> at) throws CommandException, NotRunningException {
        int ended = 0;
        for (JsonNode open : api.get("/v1/publications").require().path("publications")) {
            String key = open.path("key").asText();
            if (at.isEmpty() || at.get().toHex().equals(key)) {
                var _ = api.delete("/v1/publications/" + open.path("id").asText())
                        .require();
                ended++;
            }
        }
        if (ended == 0) {
            throw CommandException.notFound("the running node has no such publication; see a2al publications list");
        }
        return ended;
    }

    private int inFile(Optional<NodeId> at) throws CommandException {
        return data.use((file, kept) -> {
            List<KeptPublication> left = kept.stream()
                    .filter(publication -> at.isPresent() && !at.get().equals(publication.key()))
                    .toList();
            if (left.size() == kept.size()) {
                throw CommandException.notFound("no such publication is kept in " + data.path()
                        + "; see a2al publications list --data " + data.path());
            }
            file.write(left);
            return kept.size() - left.size();
        });
    }
}
