package io.a2al.app.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/**
 * How long a command may wait. When the time is up, the thread of the command is interrupted, and it ends with
 * {@link ExitCodes#NO_NETWORK}.
 */
public final class TimeoutOption {

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = Time.class,
            description =
                    "Give up after this time, with exit code 3: 10s, 500ms or 2m. Default: the command's own limits.")
    private Optional<Duration> timeout = Optional.empty();

    private final String hint;
    private Optional<Watch> watch = Optional.empty();

    /** For a command that asks the network. */
    public TimeoutOption() {
        this(", or see whether the network answers with a2al ping");
    }

    private TimeoutOption(String hint) {
        this.hint = hint;
    }

    /** For a command that works on this machine, or asks one address. */
    public static TimeoutOption ofWork() {
        return new TimeoutOption("");
    }

    /** Reads a number with a unit; seconds if it has none. */
    static final class Time implements ITypeConverter<Duration> {

        private static final Pattern FORM = Pattern.compile("(\\d{1,9})(ms|s|m|h)?");

        @Override
        public Duration convert(String text) {
            Matcher form = FORM.matcher(text);
            if (!form.matches() || Long.parseLong(form.group(1)) == 0) {
                throw new TypeConversionException("'" + text + "' is no time; write for example 10s, 500ms or 2m");
            }
            long number = Long.parseLong(form.group(1));
            return switch (Optional.ofNullable(form.group(2)).orElse("s")) {
                case "ms" -> Duration.ofMillis(number);
                case "m" -> Duration.ofMinutes(number);
                case "h" -> Duration.ofHours(number);
                default -> Duration.ofSeconds(number);
            };
        }
    }

    /** Returns the option of a command; empty for one that has none. */
    public static Optional<TimeoutOption> of(CommandSpec command) {
        return Mixins.find(command, TimeoutOption.class);
    }

    /** Begins to count for the calling thread, which is interrupted at the end. */
    public void begin() {
        watch = timeout.map(time -> new Watch(Thread.currentThread(), time));
    }

    /** Ends it, as what the command waits for is there; an interruption that came meanwhile is undone. */
    public void end() {
        watch.ifPresent(Watch::end);
    }

    /** Returns what is left of the time, at least a millisecond; empty if there is no limit. */
    public Optional<Duration> left() {
        return watch.map(Watch::left);
    }

    /** Returns whether the time was up before the command was done. */
    public boolean isOver() {
        return watch.map(Watch::isOver).orElse(false);
    }

    /** Returns what to say when the time is up. */
    public String message() {
        return "no result within " + timeout.map(Texts::duration).orElse("the time") + "; allow more with --timeout"
                + hint;
    }

    /** Interrupts a thread once, unless it is ended before. */
    private static final class Watch {

        private final Thread watched;
        private final long endNanos;
        private boolean over;
        private boolean ended;

        Watch(Thread watched, Duration time) {
            this.watched = watched;
            this.endNanos = System.nanoTime() + time.toNanos();
            Thread.ofPlatform().name("a2al-timeout").daemon().start(this::run);
        }

        private synchronized void run() {
            try {
                while (!ended && !over) {
                    long left = endNanos - System.nanoTime();
                    if (left > 0) {
                        wait(left / 1_000_000 + 1);
                    } else {
                        over = true;
                        watched.interrupt();
                    }
                }
            } catch (InterruptedException _) {
                // No code interrupts it; without it the command goes on without a limit.
            }
        }

        synchronized void end() {
            if (over && !ended) {
                var _ = Thread.interrupted();
            }
            ended = true;
            notifyAll();
        }

        synchronized boolean isOver() {
            return over;
        }

        Duration left() {
            return Duration.ofNanos(Math.max(1_000_000, endNanos - System.nanoTime()));
        }
    }
}
