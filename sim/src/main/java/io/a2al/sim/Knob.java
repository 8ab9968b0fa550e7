package io.a2al.sim;

import io.a2al.sim.attack.AttackKind;
import io.a2al.sim.crypto.CryptoKind;
import io.a2al.sim.work.CrowdSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Everything about a run that can be changed by name, as on a command line: one table for options, help and replaying.
 * Immutable; thread-safe.
 */
public final class Knob {
    private static final List<Knob> ALL = List.of(
            new Knob(
                    "seed",
                    "N",
                    "What all randomness follows from.",
                    options -> "" + options.seed(),
                    (options, value) -> seeded(options, Long.parseLong(value))),
            new Knob(
                    "nodes",
                    "N",
                    "Participants, attackers included.",
                    options -> "" + options.nodes(),
                    (options, value) -> options.withNodes(Integer.parseInt(value))),
            new Knob(
                    "duration",
                    "SPAN",
                    "How long lookups are made, once everybody has joined.",
                    options -> Spans.format(options.duration()),
                    (options, value) -> options.withDuration(Spans.parse(value))),
            new Knob(
                    "joining",
                    "SPAN",
                    "Over which time the nodes join.",
                    options -> Spans.format(options.life().joining()),
                    (options, value) -> options.withLife(options.life().withJoining(Spans.parse(value)))),
            new Knob(
                    "crypto",
                    "KIND",
                    "Signatures: real, or fast, which cost next to nothing.",
                    options -> lower(options.crypto()),
                    (options, value) -> options.withCrypto(choice(CryptoKind.class, value))),
            new Knob(
                    "loss",
                    "SHARE",
                    "Datagrams that are lost, 0 to 1.",
                    options -> "" + options.links().faults().loss(),
                    (options, value) -> options.withLinks(options.links().withLoss(Double.parseDouble(value)))),
            new Knob(
                    "duplication",
                    "SHARE",
                    "Datagrams that arrive twice, 0 to 1.",
                    options -> "" + options.links().faults().duplication(),
                    (options, value) -> options.withLinks(options.links().withDuplication(Double.parseDouble(value)))),
            new Knob(
                    "jitter",
                    "SHARE",
                    "Mean extra delay, as a share of the delay.",
                    options -> "" + options.links().jitter(),
                    (options, value) -> options.withLinks(options.links().withJitter(Double.parseDouble(value)))),
            new Knob(
                    "bandwidth",
                    "BITS",
                    "What each host can send and receive, in bit/s; 0 for no limit.",
                    options -> "" + options.links().bandwidth().bitsPerSecond(),
                    (options, value) -> options.withLinks(options.links().withBitsPerSecond(Long.parseLong(value)))),
            new Knob(
                    "dead",
                    "SHARE",
                    "Nodes that are switched off for good when lookups begin.",
                    options -> "" + options.life().faults().dead(),
                    (options, value) -> options.withLife(options.life().withDead(Double.parseDouble(value)))),
            new Knob(
                    "churn",
                    "SHARE",
                    "Nodes that come and go, 0 to 1; the others stay.",
                    options -> "" + options.life().churn().share(),
                    (options, value) -> options.withLife(
                            options.life().withChurn(options.life().churn().withShare(Double.parseDouble(value))))),
            new Knob(
                    "session",
                    "SPAN",
                    "Scale of session lengths: 63 % are shorter.",
                    options -> Spans.format(options.life().churn().session()),
                    (options, value) -> options.withLife(
                            options.life().withChurn(options.life().churn().withSession(Spans.parse(value))))),
            new Knob(
                    "absence",
                    "SPAN",
                    "Mean of absences.",
                    options -> Spans.format(options.life().churn().absence()),
                    (options, value) -> options.withLife(
                            options.life().withChurn(options.life().churn().withAbsence(Spans.parse(value))))),
            new Knob(
                    "new-identity",
                    "SHARE",
                    "Nodes that have lost their data when they come back.",
                    options -> "" + options.life().churn().newIdentity(),
                    (options, value) -> options.withLife(options.life()
                            .withChurn(options.life().churn().withNewIdentity(Double.parseDouble(value))))),
            new Knob(
                    "diurnal",
                    "SHARE",
                    "How much longer absences are at night, 0 to 1.",
                    options -> "" + options.life().churn().diurnal(),
                    (options, value) -> options.withLife(
                            options.life().withChurn(options.life().churn().withDiurnal(Double.parseDouble(value))))),
            new Knob(
                    "skew",
                    "SPAN",
                    "Wall clocks are wrong by up to this.",
                    options -> Spans.format(options.life().machines().skew()),
                    (options, value) -> options.withLife(options.life()
                            .withMachines(options.life().machines().withSkew(Spans.parse(value))))),
            new Knob(
                    "drift",
                    "PPM",
                    "Clocks gain or lose up to this, in parts per million.",
                    options -> "" + options.life().machines().driftPpm(),
                    (options, value) -> options.withLife(options.life()
                            .withMachines(options.life().machines().withDrift(Integer.parseInt(value))))),
            new Knob(
                    "sleepers",
                    "SHARE",
                    "Machines that sleep half an hour after an hour, on average.",
                    options -> "" + options.life().machines().sleepers(),
                    (options, value) -> options.withLife(options.life()
                            .withMachines(options.life().machines().withSleepers(Double.parseDouble(value))))),
            new Knob(
                    "slow",
                    "SHARE",
                    "Machines that everything reaches 300 ms later.",
                    options -> "" + options.life().machines().slow(),
                    (options, value) -> options.withLife(options.life()
                            .withMachines(options.life().machines().withSlow(Double.parseDouble(value))))),
            new Knob(
                    "partition",
                    "SPAN",
                    "For how long the network falls into two halves.",
                    options -> Spans.format(options.life().faults().partition()),
                    (options, value) -> options.withLife(options.life().withPartition(Spans.parse(value)))),
            new Knob(
                    "settling",
                    "SPAN",
                    "How long things settle in the end, before every record must be found.",
                    options -> Spans.format(options.life().settling()),
                    (options, value) -> options.withLife(options.life().withSettling(Spans.parse(value)))),
            new Knob(
                    "cut",
                    "SHARE",
                    "Links that carry nothing in one direction.",
                    options -> "" + options.links().faults().cut(),
                    (options, value) -> options.withLinks(options.links().withCut(Double.parseDouble(value)))),
            new Knob(
                    "publishers",
                    "KIND",
                    "What publishers do when lookups begin: stay or leave.",
                    options -> options.work().publishing().publishersLeave() ? "leave" : "stay",
                    (options, value) -> options.withWork(options.work()
                            .withPublishersLeave(
                                    choice(List.of("stay", "leave"), value).equals("leave")))),
            new Knob(
                    "topics",
                    "N",
                    "Topics, each with a listener.",
                    options -> "" + options.work().crowds().topics(),
                    (options, value) -> crowds(
                            options,
                            crowds -> new CrowdSettings(
                                    Integer.parseInt(value), crowds.members(), crowds.notesPerMinute()))),
            new Knob(
                    "members",
                    "N",
                    "Members of each topic.",
                    options -> "" + options.work().crowds().members(),
                    (options, value) -> crowds(
                            options,
                            crowds -> new CrowdSettings(
                                    crowds.topics(), Integer.parseInt(value), crowds.notesPerMinute()))),
            new Knob(
                    "notes",
                    "PER-MINUTE",
                    "Notes per minute in the whole network.",
                    options -> "" + options.work().crowds().notesPerMinute(),
                    (options, value) -> crowds(
                            options,
                            crowds -> new CrowdSettings(crowds.topics(), crowds.members(), Double.parseDouble(value)))),
            new Knob(
                    "nat",
                    "SHARE",
                    "Hosts that are behind a NAT, of the kinds of the profile.",
                    options -> "" + options.addresses().nats().share(),
                    (options, value) ->
                            options.withAddresses(options.addresses().withNatShare(Double.parseDouble(value)))),
            new Knob(
                    "ipv6",
                    "SHARE",
                    "Public hosts that have an IPv6 address as well.",
                    options -> "" + options.addresses().ipv6Share(),
                    (options, value) ->
                            options.withAddresses(options.addresses().withIpv6Share(Double.parseDouble(value)))),
            new Knob(
                    "per-prefix",
                    "N",
                    "Hosts that share a /24.",
                    options -> "" + options.addresses().perPrefix(),
                    (options, value) ->
                            options.withAddresses(options.addresses().withPerPrefix(Integer.parseInt(value)))),
            new Knob(
                    "records",
                    "N",
                    "Records that are published, each by an agent of its own.",
                    options -> "" + options.work().publishing().records(),
                    (options, value) -> options.withWork(options.work().withRecords(Integer.parseInt(value)))),
            new Knob(
                    "ttl",
                    "SPAN",
                    "Their time to live; renewed at half of it.",
                    options -> Spans.format(options.work().publishing().ttl()),
                    (options, value) -> options.withWork(options.work().withTtl(Spans.parse(value)))),
            new Knob(
                    "lookups",
                    "PER-MINUTE",
                    "Lookups per minute in the whole network.",
                    options -> "" + options.work().lookups().perMinute(),
                    (options, value) ->
                            options.withWork(options.work().withLookupsPerMinute(Double.parseDouble(value)))),
            new Knob(
                    "zipf",
                    "EXPONENT",
                    "How unequally popular records are; 0 for all alike.",
                    options -> "" + options.work().lookups().zipf(),
                    (options, value) -> options.withWork(options.work().withZipf(Double.parseDouble(value)))),
            new Knob(
                    "attack",
                    "KIND,...",
                    "What attackers do. " + kinds() + ".",
                    options -> String.join(
                            ",",
                            options.attack().kinds().stream().map(Knob::lower).toList()),
                    (options, value) -> options.withAttack(options.attack().withKinds(attacks(value)))),
            new Knob(
                    "attackers",
                    "SHARE",
                    "Participants that attack, 0 to 1.",
                    options -> "" + options.attack().share(),
                    (options, value) -> options.withAttack(options.attack().withShare(Double.parseDouble(value)))));

    private final String key;
    private final String valueLabel;
    private final String description;
    private final Function<SimulationOptions, String> reader;
    private final BiFunction<SimulationOptions, String, SimulationOptions> writer;

    private Knob(
            String key,
            String valueLabel,
            String description,
            Function<SimulationOptions, String> reader,
            BiFunction<SimulationOptions, String, SimulationOptions> writer) {
        this.key = key;
        this.valueLabel = valueLabel;
        this.description = description;
        this.reader = reader;
        this.writer = writer;
    }

    /** All of them, in the order of the help. */
    public static List<Knob> all() {
        return ALL;
    }

    /** The knob with this name. */
    public static Optional<Knob> find(String key) {
        return ALL.stream().filter(knob -> knob.key.equals(key)).findFirst();
    }

    /** Its name on a command line, without dashes. */
    public String key() {
        return key;
    }

    /** What its value is, for a help text. */
    public String valueLabel() {
        return valueLabel;
    }

    /** What it is for, one sentence. */
    public String description() {
        return description;
    }

    /** Its value in these options. */
    public String valueIn(SimulationOptions options) {
        return reader.apply(options);
    }

    /**
     * These options with another value.
     *
     * @throws IllegalArgumentException naming the option and what is wrong with the value
     */
    public SimulationOptions set(SimulationOptions options, String value) {
        try {
            return writer.apply(options, value);
        } catch (NumberFormatException noNumber) {
            throw new IllegalArgumentException("--" + key + " " + value + ": this is no number", noNumber);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("--" + key + " " + value + ": " + wrong.getMessage(), wrong);
        }
    }

    /** The option of a command line. */
    @Override
    public String toString() {
        return "--" + key;
    }

    private static List<AttackKind> attacks(String names) {
        return Arrays.stream(names.split(",", -1))
                .map(name -> choice(AttackKind.class, name))
                .toList();
    }

    private static String kinds() {
        return Arrays.stream(AttackKind.values())
                .map(kind -> lower(kind) + ": " + kind.description())
                .collect(Collectors.joining("; "));
    }

    private static SimulationOptions crowds(SimulationOptions options, UnaryOperator<CrowdSettings> change) {
        return options.withWork(
                options.work().withCrowds(change.apply(options.work().crowds())));
    }

    /** Of the chaos, the seed decides on everything; what else is set has to come after it. */
    private static SimulationOptions seeded(SimulationOptions options, long seed) {
        return options.profile().equals(Chaos.NAME) ? Profiles.chaos(seed) : options.withSeed(seed);
    }

    private static String choice(List<String> names, String name) {
        if (!names.contains(name)) {
            throw new IllegalArgumentException("choose one of " + String.join(", ", names));
        }
        return name;
    }

    private static <E extends Enum<E>> E choice(Class<E> type, String name) {
        for (E candidate : type.getEnumConstants()) {
            if (lower(candidate).equals(name)) {
                return candidate;
            }
        }
        List<String> names =
                Arrays.stream(type.getEnumConstants()).map(Knob::lower).toList();
        throw new IllegalArgumentException("choose one of " + String.join(", ", names));
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
