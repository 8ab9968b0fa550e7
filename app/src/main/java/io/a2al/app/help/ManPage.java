package io.a2al.app.help;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Writes manual pages in the language of man(7), from the same words as the help. Stateless. */
final class ManPage {

    private static final String EXAMPLE = "Example:";

    private ManPage() {}

    /** Returns the name of a command's page, such as {@code a2al-mail-send}. */
    static String nameOf(CommandSpec command) {
        return command.qualifiedName("-");
    }

    /** Returns the page of a command. */
    static String of(CommandSpec command) {
        Help help = command.commandLine().getHelp();
        List<String> page = new ArrayList<>();
        page.add(".TH \"" + nameOf(command).toUpperCase(Locale.ROOT) + "\" \"1\" \"\" \"a2al\" \"a2al\"");
        String[] description = command.usageMessage().description();
        page.add(".SH NAME");
        page.add(escaped(nameOf(command)) + " \\- " + escaped(description.length == 0 ? "" : description[0]));
        page.add(".SH SYNOPSIS");
        page.add(".nf");
        help.synopsis(0).lines().map(ManPage::line).forEach(page::add);
        page.add(".fi");
        page.add(".SH DESCRIPTION");
        for (String paragraph : description) {
            page.add(".PP");
            page.add(line(paragraph));
        }
        addArguments(page, command);
        addCommands(page, command);
        addFooter(page, command);
        addExitCodes(page);
        return String.join("\n", page) + "\n";
    }

    private static void addArguments(List<String> page, CommandSpec command) {
        List<PositionalParamSpec> positional = command.positionalParameters().stream()
                .filter(parameter -> !parameter.hidden())
                .toList();
        List<OptionSpec> options =
                command.options().stream().filter(option -> !option.hidden()).toList();
        if (!positional.isEmpty() || !options.isEmpty()) {
            page.add(".SH OPTIONS");
        }
        for (PositionalParamSpec parameter : positional) {
            addItem(page, parameter.paramLabel(), String.join(" ", parameter.description()));
        }
        for (OptionSpec option : options) {
            String value = option.arity().max() > 0 ? "=" + option.paramLabel() : "";
            String text = String.join(" ", option.description())
                    .replace("${DEFAULT-VALUE}", String.valueOf(option.defaultValueString(true)));
            addItem(page, String.join(", ", option.names()) + value, text);
        }
    }

    private static void addItem(List<String> page, String term, String text) {
        page.add(".TP");
        page.add(".B " + escaped(term));
        page.add(line(text));
    }

    private static void addCommands(List<String> page, CommandSpec command) {
        if (command.subcommands().isEmpty()) {
            return;
        }
        page.add(".SH COMMANDS");
        for (CommandLine inner : command.subcommands().values()) {
            String[] description = inner.getCommandSpec().usageMessage().description();
            addItem(page, nameOf(inner.getCommandSpec()) + "(1)", description.length == 0 ? "" : description[0]);
        }
    }

    /** The footer has examples after a line that says so, and before it may have other text. */
    private static void addFooter(List<String> page, CommandSpec command) {
        List<String> lines = Stream.of(command.usageMessage().footer()).toList();
        int examples = lines.indexOf(EXAMPLE);
        List<String> before = examples < 0 ? lines : lines.subList(0, examples);
        before.stream().filter(text -> !text.isBlank()).forEach(text -> {
            page.add(".PP");
            page.add(line(text));
        });
        if (examples >= 0) {
            page.add(".SH EXAMPLES");
            page.add(".nf");
            lines.subList(examples + 1, lines.size()).stream()
                    .map(ManPage::line)
                    .forEach(page::add);
            page.add(".fi");
        }
    }

    private static void addExitCodes(List<String> page) {
        page.add(".SH EXIT STATUS");
        addItem(page, "0", "It is done.");
        addItem(page, "1", "What was asked for was not found, or a check did not pass.");
        addItem(page, "2", "Wrong use.");
        addItem(page, "3", "No node answered, or not in time.");
        addItem(page, "4", "It could not be carried out on this machine.");
        page.add(".PP");
        page.add(line("A reader that closes standard output early, as head does, changes nothing of it."));
    }

    /** A line of text must not begin with what man takes for a request. */
    private static String line(String text) {
        String safe = escaped(text);
        return safe.startsWith(".") || safe.startsWith("'") ? "\\&" + safe : safe;
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\e").replace("-", "\\-").replace("%n", " ").replace("…", "...");
    }
}
