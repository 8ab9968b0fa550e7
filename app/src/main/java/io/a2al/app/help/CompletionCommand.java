package io.a2al.app.help;

import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.CommonOptions;
import io.a2al.app.cli.Json;
import io.a2al.app.cli.Output;
import io.a2al.app.cli.Program;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code a2al completion}: prints what makes a shell complete commands and options. */
@Command(
        name = "completion",
        description = "Print a script that has the shell complete commands and options, for bash or zsh.",
        footer = {
            "",
            "Example:",
            "  a2al completion bash > ~/.local/share/bash-completion/completions/a2al",
            "  a2al completion zsh > ~/.a2al-completion; echo '. ~/.a2al-completion' >> ~/.zshrc"
        })
public final class CompletionCommand implements Callable<Integer> {

    private static final String BASH = "bash";
    private static final String ZSH = "zsh";

    private final Program program;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "SHELL", description = "The shell: bash or zsh.")
    private String shell = "";

    /** The command, about this program. */
    public CompletionCommand(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() throws CommandException {
        if (!shell.equals(BASH) && !shell.equals(ZSH)) {
            throw CommandException.wrongUse("no script for the shell " + shell + "; choose bash or zsh");
        }
        // The script is for both shells: in zsh it loads the functions of bash that it needs.
        String script = AutoComplete.bash("a2al", program.make());
        Output output = common.output();
        if (output.isJson()) {
            output.json(Json.object().put("shell", shell).put("script", script));
        } else {
            output.line(script.stripTrailing());
        }
        return 0;
    }
}
