package io.a2al.app;

import io.a2al.app.cli.BasicOptions;
import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.ExitCodes;
import io.a2al.app.cli.Nearest;
import io.a2al.app.cli.Output;
import io.a2al.app.cli.OutputOptions;
import io.a2al.app.cli.TimeoutOption;
import io.a2al.app.config.Settings;
import io.a2al.dht.files.KeyFileException;
import io.a2al.dht.files.OwnerOnlyFile;
import io.a2al.dht.result.RefusedException;
import io.a2al.protocol.crypto.NoSignatureLibraryException;
import io.a2al.protocol.record.InvalidRecordException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says why a command failed, in one line and, if it is asked for, in JSON; and with which code it ends. Stateless. */
final class Failures {

    private static final String OPTION = "-";

    private Failures() {}

    /** A command line that cannot be read. Which of its options were read before that is not known. */
    static int onWrongUse(ParameterException mistake, String[] args) {
        CommandLine command = mistake.getCommandLine();
        Output output = new Output(command.getOut(), command.getErr(), isJson(command, args));
        return fail(output, command, CommandException.wrongUse(message(mistake)));
    }

    /** What the option was read as is not known, so its text is looked for. */
    private static boolean isJson(CommandLine command, String... args) {
        boolean isGiven = Stream.of(args)
                .anyMatch(argument ->
                        argument.equals(OutputOptions.JSON) || argument.startsWith(OutputOptions.JSON + "="));
        OptionSpec option = command.getCommandSpec().findOption(OutputOptions.JSON);
        return isGiven
                || (option != null
                        && command.getDefaultValueProvider() instanceof Settings settings
                        && settings.value(option)
                                .filter(value -> !value.text().equals("false"))
                                .isPresent());
    }

    private static String message(ParameterException mistake) {
        String message = String.valueOf(mistake.getMessage());
        if (mistake instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            String word = unmatched.getUnmatched().getFirst();
            Set<String> commands = mistake.getCommandLine().getSubcommands().keySet();
            if (word.startsWith(OPTION)) {
                Set<String> options =
                        mistake.getCommandLine().getCommandSpec().optionsMap().keySet();
                return message + Nearest.hint(word.replaceFirst("=.*", ""), options);
            }
            return commands.isEmpty() ? message : "no such command: " + word + Nearest.hint(word, commands);
        }
        return message + origin(mistake);
    }

    /** Says where a value comes from that is not on the command line. */
    private static String origin(ParameterException mistake) {
        return mistake.getArgSpec() instanceof OptionSpec option
                        && option.originalStringValues().isEmpty()
                        && mistake.getCommandLine().getDefaultValueProvider() instanceof Settings settings
                ? settings.value(option)
                        .map(value -> "; it is set by " + value.origin())
                        .orElse("")
                : "";
    }

    /** A command that failed while it was carried out. */
    static int onFailure(Exception failure, CommandLine command, ParseResult parsed) {
        Output output = OutputOptions.of(command.getCommandSpec())
                .orElseGet(() -> new Output(command.getOut(), command.getErr(), false));
        Optional<CommandException> known = known(failure, command);
        if (known.isPresent()) {
            return fail(output, command, known.get());
        }
        if (BasicOptions.isVerbose(command.getCommandSpec())) {
            failure.printStackTrace(command.getErr());
        }
        return fail(output, command, CommandException.failed("internal error: " + failure));
    }

    private static Optional<CommandException> known(Exception failure, CommandLine command) {
        Optional<CommandException> late = late(failure, command);
        if (late.isPresent()) {
            return late;
        }
        String message = String.valueOf(failure.getMessage());
        return switch (failure) {
            case CommandException expected -> Optional.of(expected);
            case InvalidRecordException beyondLimit -> Optional.of(CommandException.wrongUse(message));
            case RefusedException refused -> Optional.of(CommandException.wrongUse(message));
            case KeyFileException keys -> Optional.of(ofKeys(keys, message));
            case NoSignatureLibraryException none -> Optional.of(CommandException.failed(message));
            case FileSystemException refused ->
                Optional.of(CommandException.failed(
                        "file " + refused.getFile() + " cannot be used: " + OwnerOnlyFile.reason(refused)));
            case IOException _ -> Optional.of(CommandException.failed(message));
            case InterruptedException _ -> Optional.of(CommandException.failed("interrupted"));
            default -> Optional.empty();
        };
    }

    /** Returns that the time was up, if the failure came of the interruption by which the command was told so. */
    private static Optional<CommandException> late(Exception failure, CommandLine command) {
        boolean isAnswer = failure instanceof CommandException known && known.exitCode() != ExitCodes.FAILED;
        return TimeoutOption.of(command.getCommandSpec())
                .filter(timeout -> timeout.isOver() && !isAnswer)
                .map(timeout -> CommandException.noNetwork(timeout.message()));
    }

    /** A wrong passphrase was given by the user, so it is wrong use. */
    private static CommandException ofKeys(KeyFileException failure, String message) {
        return switch (failure.reason()) {
            case NO_PASSPHRASE, WRONG_PASSPHRASE -> CommandException.wrongUse(message);
            case NO_IDENTITY -> CommandException.notFound(message);
            case IDENTITY_EXISTS, TWO_IDENTITIES, DAMAGED, UNUSABLE -> CommandException.failed(message);
        };
    }

    private static int fail(Output output, CommandLine command, CommandException failure) {
        String line = String.valueOf(failure.getMessage())
                .replaceFirst("^Error: ", "")
                .replaceAll("\\s*\\R\\s*", " ");
        String hint = failure.exitCode() == ExitCodes.WRONG_USE
                ? " (see " + command.getCommandSpec().qualifiedName() + " --help)"
                : "";
        output.warn(line + hint);
        output.fail(line, failure);
        return failure.exitCode();
    }
}
