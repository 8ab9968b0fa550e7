package io.a2al.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The descriptions for Kubernetes and systemd fit each other, the container image and the program's options. */
class DeploymentTest {

    private static final Path KUBERNETES = Checkout.root().resolve("deploy/kubernetes");
    private static final YAMLMapper YAML = new YAMLMapper();

    private JsonNode kustomization;
    private JsonNode set;
    private JsonNode pod;
    private JsonNode container;
    private JsonNode service;
    private JsonNode budget;

    @BeforeEach
    void read() throws IOException {
        kustomization = yaml("kustomization.yaml");
        set = yaml("statefulset.yaml");
        pod = set.at("/spec/template/spec");
        container = pod.at("/containers/0");
        service = yaml("service.yaml");
        budget = yaml("disruption-budget.yaml");
    }

    private static JsonNode yaml(String name) throws IOException {
        return YAML.readTree(KUBERNETES.resolve(name).toFile());
    }

    private static CommandLine program() {
        return io.a2al.app.Main.commandLine(InputStream.nullInputStream(), "node");
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private String argument(String option) {
        List<String> args = texts(container.get("args"));
        return args.get(args.indexOf(option) + 1);
    }

    /** What a variable sets, by its name: an option of the node. */
    private static Set<String> variables() {
        return program().getSubcommands().get("node").getCommandSpec().options().stream()
                .map(option -> option.longestName().replaceFirst("--", "A2AL_"))
                .map(name -> name.toUpperCase(Locale.ROOT).replace('-', '_'))
                .collect(Collectors.toSet());
    }

    @Test
    void everyFileIsListedOnce() throws IOException {
        try (Stream<Path> files = Files.list(KUBERNETES)) {
            assertThat(texts(kustomization.get("resources")))
                    .containsExactlyInAnyOrderElementsOf(
                            files.map(file -> file.getFileName().toString())
                                    .filter(name -> !name.equals("kustomization.yaml"))
                                    .toList());
        }
    }

    @Test
    void selectorsMatchTheNodes() {
        JsonNode labels = set.at("/spec/template/metadata/labels");

        assertThat(labels).isNotEmpty();
        assertThat(set.at("/spec/selector/matchLabels")).isEqualTo(labels);
        assertThat(service.at("/spec/selector")).isEqualTo(labels);
        assertThat(budget.at("/spec/selector/matchLabels")).isEqualTo(labels);
        assertThat(set.at("/spec/serviceName")).isEqualTo(service.at("/metadata/name"));
        assertThat(budget.at("/spec/maxUnavailable").asInt())
                .isLessThan(set.at("/spec/replicas").asInt());
    }

    @Test
    void theArgumentsAreThoseOfTheProgram() {
        List<String> args = texts(container.get("args"));

        assertThat(args.getFirst()).isEqualTo("node");
        assertThatCode(() -> program().parseArgs(args.toArray(String[]::new))).doesNotThrowAnyException();
    }

    @Test
    void portsAreTheSameEverywhere() {
        JsonNode port = container.at("/ports/0");
        String number = port.get("containerPort").asText();

        assertThat(argument("--listen")).endsWith(":" + number);
        assertThat(port.get("hostPort").asText()).isEqualTo(number);
        assertThat(pod.get("hostNetwork").asBoolean()).isTrue();
        assertThat(service.at("/spec/ports/0/port").asText()).isEqualTo(number);
        assertThat(service.at("/spec/ports/0/targetPort")).isEqualTo(port.get("name"));
        assertThat(service.at("/spec/ports/0/protocol")).isEqualTo(port.get("protocol"));
        for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
            JsonNode get = container.get(probe).get("httpGet");
            assertThat(get.get("host").asText() + ":" + get.get("port").asText())
                    .isEqualTo(argument("--api"));
        }
        assertThat(container.at("/readinessProbe/httpGet/path").asText()).isEqualTo("/v1/readyz");
        assertThat(container.at("/livenessProbe/httpGet/path").asText()).isEqualTo("/v1/livez");
    }

    @Test
    void theNodesJoinThroughEachOther() {
        String name = set.at("/metadata/name").asText();
        String domain = service.at("/metadata/name").asText();
        List<String> peers = IntStream.range(0, set.at("/spec/replicas").asInt())
                .mapToObj(number -> name + "-" + number + "." + domain + ":"
                        + container.at("/ports/0/containerPort").asText())
                .toList();
        String bootstrap = texts(kustomization.at("/configMapGenerator/0/literals")).stream()
                .filter(literal -> literal.startsWith("A2AL_BOOTSTRAP="))
                .findFirst()
                .orElseThrow()
                .substring("A2AL_BOOTSTRAP=".length());

        assertThat(bootstrap.split(",")).hasSizeGreaterThan(1).isSubsetOf(peers);
        assertThat(container.at("/envFrom/0/configMapRef/name"))
                .isEqualTo(kustomization.at("/configMapGenerator/0/name"));
        // They cannot be ready before they find each other.
        assertThat(service.at("/spec/publishNotReadyAddresses").asBoolean()).isTrue();
        assertThat(set.at("/spec/podManagementPolicy").asText()).isEqualTo("Parallel");
        assertThat(pod.get("dnsPolicy").asText()).isEqualTo("ClusterFirstWithHostNet");
    }

    @Test
    void everyVariableIsAnOptionOfTheNode() {
        assertThat(texts(kustomization.at("/configMapGenerator/0/literals")))
                .allSatisfy(literal -> assertThat(variables()).contains(literal.split("=", 2)[0]));
        // Variables that Kubernetes adds for a service have the same prefix as those for options.
        assertThat(pod.get("enableServiceLinks").asBoolean(true)).isFalse();
    }

    @Test
    void everyMountHasItsVolume() {
        List<String> volumes = new ArrayList<>();
        pod.get("volumes").forEach(volume -> volumes.add(volume.get("name").asText()));
        set.at("/spec/volumeClaimTemplates")
                .forEach(claim -> volumes.add(claim.at("/metadata/name").asText()));
        List<String> mounts = new ArrayList<>();
        container
                .get("volumeMounts")
                .forEach(mount -> mounts.add(mount.get("name").asText()));

        assertThat(mounts).containsExactlyInAnyOrderElementsOf(volumes);
        assertThat(container.at("/volumeMounts/0/mountPath").asText()).isEqualTo("/data");
    }

    @Test
    void aNodeHasNoPrivileges() {
        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        for (String field : List.of("runAsUser", "runAsGroup", "fsGroup")) {
            assertThat(pod.get("securityContext").get(field).asInt()).isEqualTo(Packages.CONTAINER_USER);
        }
        JsonNode own = container.get("securityContext");
        assertThat(own.get("readOnlyRootFilesystem").asBoolean()).isTrue();
        assertThat(own.get("allowPrivilegeEscalation").asBoolean(true)).isFalse();
        assertThat(texts(own.at("/capabilities/drop"))).containsExactly("ALL");
        assertThat(pod.get("automountServiceAccountToken").asBoolean(true)).isFalse();
    }

    @Test
    void theImageIsTheOneThatIsBuilt() throws IOException {
        String pom = Files.readString(Checkout.root().resolve("pom.xml"));

        assertThat(container.get("image")).isEqualTo(kustomization.at("/images/0/name"));
        assertThat(pom)
                .contains("<version>" + kustomization.at("/images/0/newTag").asText() + "</version>");
    }

    @Test
    void theServiceRunsTheProgramAsItIs() throws IOException {
        List<String> unit = Files.readAllLines(Checkout.root().resolve("deploy/systemd/a2al.service"));
        String command = unit.stream()
                .filter(line -> line.startsWith("ExecStart="))
                .findFirst()
                .orElseThrow();
        List<String> args = List.of(command.split(" "));

        assertThat(args.subList(0, 2)).containsExactly("ExecStart=/usr/bin/a2al", "node");
        assertThatCode(() -> program().parseArgs(args.subList(1, args.size()).toArray(String[]::new)))
                .doesNotThrowAnyException();
        assertThat(unit).contains("DynamicUser=yes", "ProtectSystem=strict", "NoNewPrivileges=yes");
        assertThat(Files.readAllLines(Checkout.root().resolve("deploy/systemd/a2al.default")))
                .filteredOn(line -> line.startsWith("# A2AL_") && !line.startsWith("# A2AL_JAVA_OPTS"))
                .isNotEmpty()
                .allSatisfy(line ->
                        assertThat(variables()).contains(line.substring(2).split("=", 2)[0]));
    }
}
