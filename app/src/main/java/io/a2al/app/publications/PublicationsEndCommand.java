package io.a2al.app.publications;

import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.Json;
import io.a2al.app.cli.Output;
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
            "End publications, so that the node of a data directory does not resume them.",
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

    @ArgGroup(multiplicity = "1")
    private Choice choice = new Choice();

    /** Which publications end. */
    static final class Choice {

        @Option(names = "--topic", required = true, paramLabel = "NAME", description = "Those under this topic.")
        private Optional<String> topic = Optional.empty();

        @Option(
                names = "--key",
                required = true,
                paramLabel = "HEX",
                description = "Those at this key, as 'a2al publications list' shows it.")
        private Optional<String> key = Optional.empty();

        @Option(names = "--all", required = true, description = "All of them.")
        private boolean all;

        /** Returns the key; empty for all keys. */
        private Optional<NodeId> parse() throws CommandException {
            if (all) {
                return Optional.empty();
            }
            if (key.isEmpty()) {
                return topic.map(Topics::keyOf);
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
        int ended = data.use((file, kept) -> {
            List<KeptPublication> left = kept.stream()
                    .filter(publication -> at.isPresent() && !at.get().equals(publication.key()))
                    .toList();
            if (left.size() == kept.size()) {
                throw CommandException.failed("no such publication is kept in " + data.path()
                        + "; see a2al publications list --data " + data.path());
            }
            file.write(left);
            return kept.size() - left.size();
        });
        Output output = data.common().output();
        if (output.isJson()) {
            output.json(Json.object().put("ended", ended));
        } else {
            output.line("ended", ended == 1 ? "1 publication" : ended + " publications");
        }
        return 0;
    }
}
