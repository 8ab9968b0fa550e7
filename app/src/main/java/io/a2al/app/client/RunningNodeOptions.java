package io.a2al.app.client;

import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.CommonOptions;
import io.a2al.app.cli.DirectoryOption;
import io.a2al.app.cli.Output;
import io.a2al.app.cli.TimeoutOption;
import java.util.Optional;
import picocli.CommandLine.Mixin;

/** The node that a command is about, which must be running; with the options that every command has. */
public final class RunningNodeOptions {

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private DirectoryOption data = new DirectoryOption();

    @Mixin
    private TimeoutOption timeout = TimeoutOption.ofWork();

    /** Returns where the command writes to. */
    public Output output() {
        return common.output();
    }

    /** Returns how long the command may wait. */
    public TimeoutOption timeout() {
        return timeout;
    }

    /** Asks the node; fails if none runs. */
    public <T> T ask(NetworkOptions.OverHttp<T> asking) throws CommandException {
        Optional<RunningNode> running = RunningNode.find(data.given());
        Optional<T> answer = NetworkOptions.askRunning(running, timeout, asking);
        if (answer.isPresent()) {
            return answer.get();
        }
        throw CommandException.noNetwork("no node runs here"
                + running.map(left -> " (" + left.url() + " does not answer)").orElse("")
                + "; start one with a2al node, or name its data directory with --data DIR");
    }
}
