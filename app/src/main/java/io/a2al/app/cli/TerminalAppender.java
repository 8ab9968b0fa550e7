package io.a2al.app.cli;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;

/** Writes log lines to standard error, around the status line if there is one. */
final class TerminalAppender extends ConsoleAppender<ILoggingEvent> {

    @Override
    protected void subAppend(ILoggingEvent event) {
        StatusLine.around(() -> super.subAppend(event));
    }
}
