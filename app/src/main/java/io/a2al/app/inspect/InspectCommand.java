package io.a2al.app.inspect;

import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.CommonOptions;
import io.a2al.app.cli.ExitCodes;
import io.a2al.app.cli.Output;
import io.a2al.app.cli.TreeText;
import io.a2al.http.inspect.Inspection;
import io.a2al.protocol.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code a2al inspect}: explains a datagram or a record. */
@Command(
        name = "inspect",
        description = {
            "Show every field of a datagram or of a record, whether its signatures hold, and what is wrong with it.",
            "That a record has expired is reported, but is no error."
        },
        footer = {"", "Example:", "  a2al inspect a401a40101020003…", "  xxd -p packet.bin | a2al inspect -"})
public final class InspectCommand implements Callable<Integer> {

    /** Upper bound of the input; a datagram has fewer digits. */
    private static final int MAX_INPUT = 1 << 18;

    /** Digits of the input that an error message repeats. */
    private static final int SHOWN = 40;

    private final InputStream in;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Parameters(
            paramLabel = "HEX",
            arity = "1..*",
            description = "Hexadecimal digits; white space does not matter. A single - reads them, or the raw bytes,"
                    + " from standard input.")
    private List<String> input = new ArrayList<>();

    /** The command, reading {@code in} as standard input. */
    public InspectCommand(InputStream in) {
        this.in = in;
    }

    @Override
    public Integer call() throws CommandException, IOException {
        Output output = common.output();
        Bytes bytes = input.equals(List.of("-")) ? readStandardInput() : parse(String.join("", input), "the argument");
        Inspection inspection = Inspection.of(bytes, Instant.now().getEpochSecond());
        if (output.isJson()) {
            output.json(inspection.toJson());
        } else {
            print(inspection, output);
        }
        return inspection.isSound() ? ExitCodes.DONE : ExitCodes.NOT_FOUND;
    }

    private static void print(Inspection inspection, Output output) {
        TreeText.print(output, inspection.fields());
        inspection
                .problems()
                .forEach(problem -> output.line("problem", "byte " + problem.offset() + ": " + problem.what()));
        output.line("verdict", inspection.isSound() ? "everything holds" : "not sound");
    }

    private Bytes readStandardInput() throws CommandException, IOException {
        byte[] read = in.readNBytes(MAX_INPUT);
        String text = new String(read, StandardCharsets.ISO_8859_1);
        // Every message and every record begins with a byte outside ASCII, so that ASCII can only be digits.
        return text.chars().allMatch(InspectCommand::isTextual) ? parse(text, "standard input") : Bytes.copyOf(read);
    }

    private static boolean isTextual(int character) {
        return Character.isWhitespace(character) || (character >= ' ' && character <= '~');
    }

    private static Bytes parse(String text, String where) throws CommandException {
        String digits = text.replaceAll("\\s", "");
        if (digits.isEmpty()) {
            throw CommandException.wrongUse("nothing to inspect: " + where + " is empty; give hexadecimal digits");
        }
        String shown = digits.length() <= SHOWN ? digits : digits.substring(0, SHOWN) + "…";
        if (!digits.matches("[0-9A-Fa-f]*")) {
            throw CommandException.wrongUse("not hexadecimal: \"" + shown + "\"; give digits 0 to 9 and a to f");
        }
        if (digits.length() % 2 != 0) {
            throw CommandException.wrongUse(
                    "half a byte: \"" + shown + "\" has " + digits.length() + " digits; give two for each byte");
        }
        return Bytes.fromHex(digits);
    }
}
