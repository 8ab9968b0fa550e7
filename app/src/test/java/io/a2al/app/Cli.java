package io.a2al.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
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

    public static Result run(String... args) {
        return runWithInput(new byte[0], args);
    }

    public static Result runWithInput(byte[] standardInput, String... args) {
        return execute(Main.commandLine(new ByteArrayInputStream(standardInput), args), args);
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
