package io.a2al.app.bench;

import io.a2al.app.cli.CommonOptions;
import io.a2al.app.cli.Output;
import io.a2al.app.cli.TimeoutOption;
import io.a2al.app.cli.Waiting;
import picocli.CommandLine.Mixin;

/** Options that every measurement has. */
final class MeasureOptions {

    @Mixin
    private CommonOptions common = new CommonOptions();

    // Picocli reads it.
    @Mixin
    @SuppressWarnings("UnusedVariable")
    private TimeoutOption timeout = TimeoutOption.ofWork();

    Output output() {
        return common.output();
    }

    /** Says at a terminal what is being measured, until it is closed. */
    Waiting waiting(String what) {
        return Waiting.on(output(), what);
    }
}
