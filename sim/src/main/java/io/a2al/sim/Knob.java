package io.a2al.sim;

import io.a2al.core.api.Freshness;
import io.a2al.sim.attack.AttackKind;
import io.a2al.sim.attack.Sybils;
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
 * An option of a run that can be set by name, as on a command line. One table of these serves the command line, its
 * help, and the commands that repeat runs. Immutable; thread-safe.
 */
public final class Knob {
    private static final List<Knob> ALL = List.of(
            new Knob(
                    "seed",
                    "N",
                    "Seed of all random numbers.",
                    options -> "" + options.seed(),
                    (options, value) -> seeded(options, Long.parseLong(value))),
            new Knob(
                    "nodes",
                    "N",
                    "Number of participants, attackers included.",
                    options -> "" + options.nodes(),
                    (options, value) -> options.withNodes(Integer.parseInt(value))),
            new Knob(
                    "duration",
                    "SPAN",
                    "Length of the measured time, in which lookups are made, after all nodes have joined.",
                    options -> Spans.format(options.duration()),
                    (options, value) -> options.withDuration(Spans.parse(value))),
            new Knob(
                    "joining",
                    "SPAN",
                    "Time within which the nodes join.",
                    options -> Spans.format(options.life().joining()),
                    (options, value) -> options.withLife(options.life().withJoining(Spans.parse(value)))),
            new Knob(
                    "crypto",
                    "KIND",
                    "Kind of signatures: real (Ed25519), or fast (keyed hashes).",
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
                    "Capacity of each host's uplink and downlink, in bit/s; 0 for no limit.",
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
                    "Nodes that leave and return, 0 to 1; the others stay.",
                    options -> "" + options.life().churn().share(),
                    (options, value) -> options.withLife(
                            options.life().withChurn(options.life().churn().withShare(Double.parseDouble(value))))),
            new Knob(
                    "session",
                    "SPAN",
                    "Scale of session lengths; 63 % are shorter.",
                    options -> Spans.format(options.life().churn().session()),
                    (options, value) -> options.withLife(
                            options.life().withChurn(options.life().churn().withSession(Spans.parse(value))))),
            new Knob(
                    "absence",
                    "SPAN",
                    "Mean length of absences.",
                    options -> Spans.format(options.life().churn().absence()),
                    (options, value) -> options.withLife(
                            options.life().withChurn(options.life().churn().withAbsence(Spans.parse(value))))),
            new Knob(
                    "crashes",
                    "SHARE",
                    "Departures without a shutdown, 0 to 1; records of the last quarter of a second are lost then.",
                    options -> "" + options.life().churn().crashes(),
                    (options, value) -> options.withLife(
                            options.life().withChurn(options.life().churn().withCrashes(Double.parseDouble(value))))),
            new Knob(
                    "new-identity",
                    "SHARE",
                    "Returning nodes that have lost their data and get a new identity.",
                    options -> "" + options.life().churn().newIdentity(),
                    (options, value) -> options.withLife(options.life()
                            .withChurn(options.life().churn().withNewIdentity(Double.parseDouble(value))))),
            new Knob(
                    "diurnal",
                    "SHARE",
                    "Daily variation of absences, as a share of their mean, 0 to 1.",
                    options -> "" + options.life().churn().diurnal(),
                    (options, value) -> options.withLife(
                            options.life().withChurn(options.life().churn().withDiurnal(Double.parseDouble(value))))),
            new Knob(
                    "skew",
                    "SPAN",
                    "Maximum error of wall clocks.",
                    options -> Spans.format(options.life().machines().skew()),
                    (options, value) -> options.withLife(options.life()
                            .withMachines(options.life().machines().withSkew(Spans.parse(value))))),
            new Knob(
                    "drift",
                    "PPM",
                    "Maximum rate error of clocks, in parts per million.",
                    options -> "" + options.life().machines().driftPpm(),
                    (options, value) -> options.withLife(options.life()
                            .withMachines(options.life().machines().withDrift(Integer.parseInt(value))))),
            new Knob(
                    "sleepers",
                    "SHARE",
                    "Machines that sleep, on average for half an hour after each hour.",
                    options -> "" + options.life().machines().sleepers(),
                    (options, value) -> options.withLife(options.life()
                            .withMachines(options.life().machines().withSleepers(Double.parseDouble(value))))),
            new Knob(
                    "slow",
                    "SHARE",
                    "Machines to which every datagram takes 300 ms longer.",
                    options -> "" + options.life().machines().slow(),
                    (options, value) -> options.withLife(options.life()
                            .withMachines(options.life().machines().withSlow(Double.parseDouble(value))))),
            new Knob(
                    "partition",
                    "SPAN",
                    "How long the network is split into two halves.",
                    options -> Spans.format(options.life().faults().partition()),
                    (options, value) -> options.withLife(options.life().withPartition(Spans.parse(value)))),
            new Knob(
                    "settling",
                    "SPAN",
                    "Time without faults at the end, after which every record must be found.",
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
                    "What publishing nodes do when lookups begin: stay or leave.",
                    options -> options.work().publishing().publishersLeave() ? "leave" : "stay",
                    (options, value) -> options.withWork(options.work()
                            .withPublishersLeave(
                                    choice(List.of("stay", "leave"), value).equals("leave")))),
            new Knob(
                    "topics",
                    "N",
                    "Number of topics, each with a listener.",
                    options -> "" + options.work().crowds().topics(),
                    (options, value) -> withCrowds(
                            options,
                            crowds -> new CrowdSettings(
                                    Integer.parseInt(value), crowds.members(), crowds.notesPerMinute()))),
            new Knob(
                    "members",
                    "N",
                    "Number of members of each topic.",
                    options -> "" + options.work().crowds().members(),
                    (options, value) -> withCrowds(
                            options,
                            crowds -> new CrowdSettings(
                                    crowds.topics(), Integer.parseInt(value), crowds.notesPerMinute()))),
            new Knob(
                    "notes",
                    "PER-MINUTE",
                    "Mailbox notes per minute in the whole network.",
                    options -> "" + options.work().crowds().notesPerMinute(),
                    (options, value) -> withCrowds(
                            options,
                            crowds -> new CrowdSettings(crowds.topics(), crowds.members(), Double.parseDouble(value)))),
            new Knob(
                    "nat",
                    "SHARE",
                    "Hosts that are behind a NAT; the profile determines the kinds.",
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
                    "Number of hosts that share a /24.",
                    options -> "" + options.addresses().perPrefix(),
                    (options, value) ->
                            options.withAddresses(options.addresses().withPerPrefix(Integer.parseInt(value)))),
            new Knob(
                    "records",
                    "N",
                    "Number of records published, each by its own agent.",
                    options -> "" + options.work().publishing().records(),
                    (options, value) -> options.withWork(options.work().withRecords(Integer.parseInt(value)))),
            new Knob(
                    "host-publications",
                    "N",
                    "Records that one node publishes, each of its own agent, all at once; they are not looked up.",
                    options -> "" + options.work().host().publications(),
                    (options, value) -> options.withWork(
                            options.work().withHost(options.work().host().withPublications(Integer.parseInt(value))))),
            new Knob(
                    "host-absence",
                    "SPAN",
                    "How long that node is switched off in the middle of the time.",
                    options -> Spans.format(options.work().host().absence()),
                    (options, value) -> options.withWork(
                            options.work().withHost(options.work().host().withAbsence(Spans.parse(value))))),
            new Knob(
                    "ttl",
                    "SPAN",
                    "Time to live of records; they are renewed after half of it.",
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
                    "Zipf exponent of the popularity of records; 0 for equal popularity.",
                    options -> "" + options.work().lookups().zipf(),
                    (options, value) -> options.withWork(options.work().withZipf(Double.parseDouble(value)))),
            new Knob(
                    "fresh",
                    "LEVEL",
                    "How sure lookups make that a record is the newest: first, newest, or majority.",
                    options -> lower(options.work().lookups().freshness()),
                    (options, value) -> options.withWork(options.work().withFreshness(choice(Freshness.class, value)))),
            new Knob(
                    "attack",
                    "KIND,...",
                    "Kinds of attackers, separated by commas. " + kinds() + ".",
                    options -> String.join(
                            ",",
                            options.attack().kinds().stream().map(Knob::lower).toList()),
                    (options, value) -> options.withAttack(options.attack().withKinds(attacks(value)))),
            new Knob(
                    "attackers",
                    "SHARE",
                    "Participants that attack, 0 to 1.",
                    options -> "" + options.attack().share(),
                    (options, value) -> options.withAttack(options.attack().withShare(Double.parseDouble(value)))),
            new Knob(
                    "sybils",
                    "N",
                    "Participants in addition that surround the key of the most popular agent: of the kind sybil, or"
                            + " censor unless --attack has sybil.",
                    options -> "" + options.attack().sybils().identities(),
                    (options, value) -> withSybils(options, sybils -> sybils.withIdentities(Integer.parseInt(value)))),
            new Knob(
                    "sybil-family",
                    "FAMILY",
                    "Addresses of --sybils: ipv4 or ipv6; those of IPv6 need --ipv6 1.",
                    options -> options.attack().sybils().ipv6() ? "ipv6" : "ipv4",
                    (options, value) -> withSybils(
                            options,
                            sybils -> sybils.withIpv6(
                                    choice(List.of("ipv4", "ipv6"), value).equals("ipv6")))),
            new Knob(
                    "sybil-sites",
                    "N",
                    "Number of /24 or /48 that --sybils are in.",
                    options -> "" + options.attack().sybils().sites(),
                    (options, value) -> withSybils(options, sybils -> sybils.withSites(Integer.parseInt(value)))),
            new Knob(
                    "sybil-regions",
                    "N",
                    "Number of /40 that these /48 are in; 0 for as many.",
                    options -> "" + options.attack().sybils().regions(),
                    (options, value) -> withSybils(options, sybils -> sybils.withRegions(Integer.parseInt(value)))),
            new Knob(
                    "sybil-providers",
                    "N",
                    "Number of /16 or /32 that these are in; 0 for as many.",
                    options -> "" + options.attack().sybils().providers(),
                    (options, value) -> withSybils(options, sybils -> sybils.withProviders(Integer.parseInt(value)))));

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

    /** Returns all options, in the order of the help. */
    public static List<Knob> all() {
        return ALL;
    }

    /** Returns the option with the given name, if there is one. */
    public static Optional<Knob> find(String key) {
        return ALL.stream().filter(knob -> knob.key.equals(key)).findFirst();
    }

    /** Returns the name on a command line, without dashes. */
    public String key() {
        return key;
    }

    /** Returns the placeholder for the value in a help text. */
    public String valueLabel() {
        return valueLabel;
    }

    /** Returns the description for a help text. */
    public String description() {
        return description;
    }

    /** Returns the value of this option in {@code options}, as text that {@link #set} accepts. */
    public String valueIn(SimulationOptions options) {
        return reader.apply(options);
    }

    /**
     * Returns {@code options} with another value of this option.
     *
     * @throws IllegalArgumentException naming the option, the value and the values allowed
     */
    public SimulationOptions set(SimulationOptions options, String value) {
        try {
            return writer.apply(options, value);
        } catch (NumberFormatException noNumber) {
            throw new IllegalArgumentException(
                    "--" + key + " " + value + ": not a number; write one such as 10 or 0.5", noNumber);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("--" + key + " " + value + ": " + wrong.getMessage(), wrong);
        }
    }

    /** Returns the option as on a command line, with dashes. */
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

    private static SimulationOptions withCrowds(SimulationOptions options, UnaryOperator<CrowdSettings> change) {
        return options.withWork(
                options.work().withCrowds(change.apply(options.work().crowds())));
    }

    private static SimulationOptions withSybils(SimulationOptions options, UnaryOperator<Sybils> change) {
        return options.withAttack(
                options.attack().withSybils(change.apply(options.attack().sybils())));
    }

    /** Sets the seed. In the profile chaos it determines all other options, so those must be set after it. */
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
