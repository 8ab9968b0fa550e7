package io.a2al.app.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.toml.TomlFactory;
import io.a2al.app.cli.CommandException;
import io.a2al.app.client.JsonTree;
import io.a2al.dht.files.OwnerOnlyFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/**
 * The content of {@code a2al.toml}. Immutable.
 *
 * @param path where it is
 * @param values by key, such as {@code network} or {@code mail.send.type}; items of a list are separated by line ends
 */
record ConfigFile(Path path, SequencedMap<String, String> values) {

    /** Its name in a data directory. */
    static final String NAME = "a2al.toml";

    /** Longest file to read, in bytes; a full one has a few thousand. */
    private static final int MAX_LENGTH = 1 << 16;

    /** Between the items of a list; options that can be repeated split their value there. */
    static final String SEPARATOR = "\n";

    /**
     * Reads a file; empty if there is none.
     *
     * @throws CommandException if it cannot be read, or is no TOML; it names the line
     */
    static Optional<ConfigFile> read(Path path) throws CommandException {
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        String text;
        try {
            byte[] bytes = Files.readAllBytes(path);
            if (bytes.length > MAX_LENGTH) {
                throw wrong(path, "longer than " + MAX_LENGTH + " bytes; shorten it");
            }
            text = new String(bytes, StandardCharsets.UTF_8);
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException e) {
            throw CommandException.failed("file " + path + " cannot be read: " + OwnerOnlyFile.reason(e));
        }
        SequencedMap<String, String> values = new LinkedHashMap<>();
        collect(path, "", parse(path, text), values);
        return Optional.of(new ConfigFile(path, values));
    }

    /** Returns the value of the first of these keys that the file has. */
    Optional<SetValue> first(List<String> keys) {
        for (String key : keys) {
            Optional<String> text = Optional.ofNullable(values.get(key));
            if (text.isPresent()) {
                return Optional.of(new SetValue(text.get(), key + " in " + path));
            }
        }
        return Optional.empty();
    }

    private static ObjectNode parse(Path path, String text) throws CommandException {
        try (JsonParser parser = new TomlFactory().createParser(text)) {
            return JsonTree.object(parser);
        } catch (JsonProcessingException e) {
            String where = Optional.ofNullable(e.getLocation())
                    .map(at -> "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ")
                    .orElse("");
            throw wrong(path, where + e.getOriginalMessage() + "; see docs/operations.md for examples");
        } catch (IOException impossible) {
            throw wrong(path, String.valueOf(impossible.getMessage()));
        }
    }

    static CommandException wrong(Path path, String what) {
        return CommandException.wrongUse("file " + path + ": " + what);
    }

    private static void collect(Path path, String prefix, ObjectNode table, Map<String, String> values)
            throws CommandException {
        for (Map.Entry<String, JsonNode> member : table.properties()) {
            String key = prefix + member.getKey();
            JsonNode value = member.getValue();
            if (value instanceof ObjectNode inner) {
                collect(path, key + ".", inner, values);
            } else if (value.isArray()) {
                if (value.valueStream().anyMatch(JsonNode::isContainerNode)) {
                    throw wrong(path, key + ": a list of lists or tables; give a list of texts or numbers");
                }
                values.put(key, value.valueStream().map(JsonNode::asText).collect(Collectors.joining(SEPARATOR)));
            } else {
                values.put(key, value.asText());
            }
        }
    }
}
