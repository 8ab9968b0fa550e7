package io.a2al.app.bench;

import io.a2al.bench.local.Launch;
import io.a2al.bench.local.RoomyNode;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Starts this program in a new process with the same JVM, flags and jars. Stateless. */
final class SelfLaunch {

    /** Named as a string, because no room depends on {@code Main}. */
    static final String PROGRAM = "io.a2al.app.Main";

    private static final String NO_API = "none";
    private static final String CACHE_FLAG = "-XX:AOTCache=";

    private SelfLaunch() {}

    /** Returns the command of a node with further JVM flags. */
    static Launch node(List<String> jvmFlags) {
        return launch(Stream.concat(ownFlags().stream(), jvmFlags.stream()).toList());
    }

    /** A node without the ahead-of-time cache. */
    static Launch coldNode() {
        return launch(
                ownFlags().stream().filter(flag -> !flag.startsWith(CACHE_FLAG)).toList());
    }

    /** A node that serves its HTTP interface at a free port. */
    static Launch servingNode(List<String> jvmFlags) {
        Launch node = node(jvmFlags);
        return (port, directory) -> {
            List<String> command = new ArrayList<>(node.command(port, directory));
            command.set(command.indexOf(NO_API), "127.0.0.1:0");
            return command;
        };
    }

    /** A node that stores records with this durability. */
    static Launch storingNode(String durability) {
        Launch node = node(List.of());
        return (port, directory) -> {
            List<String> command = new ArrayList<>(node.command(port, directory));
            command.addAll(List.of("--durability", durability));
            return command;
        };
    }

    /** A node with room for this many records at as many keys. */
    static Launch roomyNode(int records) {
        return (port, directory) -> {
            List<String> command = java(ownFlags(), RoomyNode.class.getName());
            command.addAll(List.of(Integer.toString(port), directory.toString(), Integer.toString(records)));
            return command;
        };
    }

    /** Returns whether this program was started with an ahead-of-time cache. */
    static boolean hasCache() {
        return ownFlags().stream().anyMatch(flag -> flag.startsWith(CACHE_FLAG));
    }

    private static List<String> ownFlags() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments();
    }

    private static Launch launch(List<String> jvmFlags) {
        return (port, directory) -> {
            List<String> command = java(jvmFlags, PROGRAM);
            command.addAll(List.of("node", "--listen", "127.0.0.1:" + port, "--data", directory.toString()));
            command.addAll(List.of("--api", NO_API));
            return command;
        };
    }

    private static List<String> java(List<String> jvmFlags, String program) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmFlags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program));
        return command;
    }
}
