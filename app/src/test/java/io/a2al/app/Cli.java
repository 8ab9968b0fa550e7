package io.a2al.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.a2al.app.cli.Environment;
import io.a2al.app.cli.PublicNetwork;
import io.a2al.dht.peers.TxtResolver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** Runs commands of the program within this process. */
public final class Cli {

    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private Cli() {}

    /** The exit code and output of a command. */
    public record Result(int exitCode, String out, String err) {

        /** Returns standard output, which must be one JSON value. */
        public JsonNode json() throws JsonProcessingException {
            return MAPPER.readTree(out);
        }

        /** Returns the value of the first line with this label. */
        public String value(String label) {
            return outLines().stream()
                    .filter(line -> line.startsWith(label + "  "))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no \"" + label + "\" in: " + out))
                    .substring(label.length() + 2);
        }

        public List<String> outLines() {
            return out.lines().toList();
        }

        public List<String> errLines() {
            return err.lines().toList();
        }
    }

    /** An environment that has nothing of the machine's, so that no node or file of its user is found. */
    public static final Map<String, String> NOWHERE = Map.of("A2AL_HOME", "/nonexistent/a2al");

    /** Refuses every question, as tests must not ask public names. */
    public static final TxtResolver NO_DNS = name -> {
        throw new IOException("tests ask no DNS: " + name);
    };

    public static Result run(String... args) {
        return runWithInput(new byte[0], args);
    }

    /** Runs a command in this environment. */
    public static Result runIn(Map<String, String> environment, String... args) {
        return inside(environment, NO_DNS, () -> execute(Main.commandLine(InputStream.nullInputStream(), args), args));
    }

    public static Result runWithInput(byte[] standardInput, String... args) {
        return inside(
                NOWHERE, NO_DNS, () -> execute(Main.commandLine(new ByteArrayInputStream(standardInput), args), args));
    }

    /** Does something in an environment, with an answer to questions for TXT records. */
    public static <T> T inside(Map<String, String> environment, TxtResolver dns, Callable<T> work) {
        try {
            return Environment.with(environment, () -> PublicNetwork.with(dns, work));
        } catch (RuntimeException unchecked) {
            throw unchecked;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public static Result execute(CommandLine commandLine, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = commandLine
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(args);
        return new Result(exitCode, out.toString(), err.toString());
    }
}
