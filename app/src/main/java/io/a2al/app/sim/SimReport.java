package io.a2al.app.sim;

import io.a2al.app.cli.Output;
import io.a2al.app.cli.Texts;
import io.a2al.sim.result.HostSummary;
import io.a2al.sim.result.LookupSummary;
import io.a2al.sim.result.LookupTrend;
import io.a2al.sim.result.SimulationResult;
import io.a2al.sim.result.Traffic;
import io.a2al.sim.result.Verdict;
import io.a2al.sim.result.Violation;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;

/** Reports a simulation as text. */
final class SimReport {

    private static final double PERCENT = 100;
    private static final double MEBI = 1 << 20;
    private static final double NINE_OF_TEN = 0.9;

    private SimReport() {}

    /** Prints a summary as text. */
    static void print(SimulationResult result, Output output) {
        LookupSummary lookups = result.lookups();
        output.line("run", result.run().command());
        output.line(String.format(
                Locale.ROOT,
                "time      %s virtual in %.1f s, %,d events, %.0f MiB in use",
                Texts.seconds(result.virtualTime().toSeconds()),
                seconds(result.effort().wallTime()),
                result.events(),
                result.effort().heapBytes() / MEBI));
        output.line(String.format(
                Locale.ROOT,
                "lookups   %,d: %.3f %% right, %s",
                lookups.lookups(),
                lookups.rightShare() * PERCENT,
                lookups.verdicts().entrySet().stream()
                        .filter(entry -> entry.getKey() != Verdict.RIGHT)
                        .map(entry -> entry.getValue() + " " + lower(entry.getKey()))
                        .collect(Collectors.joining(", "))));
        output.line(String.format(
                Locale.ROOT,
                "latency   p50 %.0f ms, p90 %.0f ms, p95 %.0f ms, p99 %.0f ms, longest %.0f ms",
                Texts.milliseconds(lookups.latency().p50()),
                Texts.milliseconds(lookups.latency().p90()),
                Texts.milliseconds(lookups.latency().p95()),
                Texts.milliseconds(lookups.latency().p99()),
                Texts.milliseconds(lookups.latency().max())));
        output.line(String.format(
                Locale.ROOT,
                "hops      p50 %d, p90 %d, most %d; %.1f nodes asked per lookup%s",
                lookups.hopsPercentile(1.0 / 2),
                lookups.hopsPercentile(NINE_OF_TEN),
                lookups.hops().size() - 1,
                lookups.meanAsked(),
                lookups.surrounded() == 0 ? "" : "; the keys of " + lookups.surrounded() + " looked surrounded"));
        result.trend().ifPresent(trend -> {
            print("first", trend.first(), output);
            print("last", trend.last(), output);
        });
        result.crowds()
                .ifPresent(crowds -> output.line(String.format(
                        Locale.ROOT,
                        "crowds    %,d of %,d members found in %,d lookups, %,d of %,d heard; %,d of %,d notes read",
                        crowds.members().found(),
                        crowds.members().expected(),
                        crowds.discovers(),
                        crowds.heard().found(),
                        crowds.heard().expected(),
                        crowds.notes().found(),
                        crowds.notes().expected())));
        result.settled()
                .ifPresent(settled -> output.line(String.format(
                        Locale.ROOT,
                        "settled   %,d lookups: %.3f %% right",
                        settled.lookups(),
                        settled.rightShare() * PERCENT)));
        output.line(String.format(
                Locale.ROOT,
                "records   %,d published, %,d renewed; %,d of %,d rounds of storing complete",
                result.publishes().records(),
                result.publishes().renewals(),
                result.publishes().complete(),
                result.publishes().rounds()));
        result.host().ifPresent(host -> print(host, output));
        Traffic traffic = result.traffic();
        output.line(String.format(
                Locale.ROOT,
                "traffic   %,d datagrams of %.1f MiB, %,d lost, %,d dropped",
                traffic.messages(),
                traffic.bytes() / MEBI,
                traffic.lost(),
                traffic.dropped()));
        output.line("hash", result.hash());
        result.violation().ifPresent(violation -> {
            print(violation, output);
            output.line("replay", result.run().command());
        });
    }

    /** Prints how the lookups of a part of the time went, if there were any. */
    private static void print(String part, LookupSummary lookups, Output output) {
        if (lookups.lookups() == 0) {
            return;
        }
        output.line(String.format(
                Locale.ROOT,
                "%-10s%d minutes: %,d lookups, %.3f %% right; p50 %.0f ms, p95 %.0f ms, hops p90 %d, %.1f nodes asked",
                part,
                LookupTrend.SPAN.toMinutes(),
                lookups.lookups(),
                lookups.rightShare() * PERCENT,
                Texts.milliseconds(lookups.latency().p50()),
                Texts.milliseconds(lookups.latency().p95()),
                lookups.hopsPercentile(NINE_OF_TEN),
                lookups.meanAsked()));
    }

    private static void print(HostSummary host, Output output) {
        print("first", host.first(), output);
        print("later", host.later(), output);
        output.line(String.format(
                Locale.ROOT,
                "host      %,d publications; replicas of %,d samples: %.2f in the mean, %d at least; %d had none",
                host.publications(),
                host.replicas().sampled(),
                host.replicas().mean(),
                host.replicas().fewest(),
                host.replicas().lost()));
    }

    private static void print(String when, HostSummary.Span span, Output output) {
        output.line(String.format(
                Locale.ROOT,
                "host      %s %d minutes: %,d renewals, %,d datagrams of STOREs (%.2f STOREs per renewal),"
                        + " %,d others (%.1f %%); busiest minute %.2f times the mean",
                when,
                span.minutes(),
                span.renewals(),
                span.stores(),
                span.storesPerRenewal(),
                span.others(),
                span.overhead() * PERCENT,
                span.peakShare()));
    }

    /** Prints a failed check with the events that led to it. */
    static void print(Violation violation, Output output) {
        output.line("FAILED    " + headline(violation));
        violation.nodes().forEach(node -> output.line("involved", node));
        violation.events().forEach(event -> output.line(Output.printable(event)));
    }

    /** Returns a failed check as one line, without the events. */
    static String headline(Violation violation) {
        String who =
                violation.participants().stream().map(number -> "#" + number).collect(Collectors.joining(", "));
        return Output.printable(String.format(
                Locale.ROOT,
                "check %s after %.6f s%s: %s",
                violation.check(),
                seconds(violation.at()),
                who.isEmpty() ? "" : ", participants " + who,
                violation.message()));
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / (double) Duration.ofSeconds(1).toNanos();
    }

    private static String lower(Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT);
    }
}
