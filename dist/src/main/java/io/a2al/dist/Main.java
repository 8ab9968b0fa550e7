package io.a2al.dist;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Run by the build: puts the program together in a folder, and makes packages of it if asked to. */
public final class Main {

    private Main() {}

    /**
     * Reads options of the form {@code --name=value}.
     *
     * <ul>
     *   <li>{@code jars}: the folder with the program's jars;
     *   <li>{@code checkout}: the folder with the project;
     *   <li>{@code image}: where the program is to be put together;
     *   <li>{@code time}: the time of all files, in ISO 8601;
     *   <li>{@code packages}: where packages are to be made; if it is given, {@code sbom} (a file of CycloneDX) and
     *       {@code version} are needed as well.
     * </ul>
     */
    public static void main(String[] args) {
        PrintStream out = System.out;
        try {
            run(List.of(args), new Report(out));
        } catch (IOException | IllegalArgumentException e) {
            out.println("a2al: " + reason(e));
            System.exit(1);
        } catch (InterruptedException e) {
            System.exit(130);
        }
    }

    private static String reason(Exception failure) {
        String message = failure.getMessage();
        return failure instanceof IllegalArgumentException && message != null ? message : failure.toString();
    }

    private static void run(List<String> args, Report report) throws IOException, InterruptedException {
        Map<String, String> options = options(args);
        Path checkout = path(options, "checkout");
        Instant time = Instant.parse(option(options, "time"));
        Image image = new Image(path(options, "image"), checkout.resolve("dist/src/main/image"), time, report);
        image.putTogether(path(options, "jars"), Checksums.read(checkout.resolve("dist/src/main/unsigned.sha256")));
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        if (options.containsKey("packages")) {
            Packages packages = new Packages(image, checkout, option(options, "version"), report);
            packages.make(path(options, "sbom"), path(options, "packages"));
        } else {
            image.prepareFor(java);
        }
    }

    static Map<String, String> options(List<String> args) {
        Map<String, String> options = new HashMap<>();
        for (String arg : args) {
            int equals = arg.indexOf('=');
            if (!arg.startsWith("--") || equals < 0) {
                throw new IllegalArgumentException("not an option: " + arg + "; write --name=value");
            }
            options.put(arg.substring(2, equals), arg.substring(equals + 1));
        }
        return options;
    }

    private static Path path(Map<String, String> options, String name) {
        return Path.of(option(options, name)).toAbsolutePath().normalize();
    }

    private static String option(Map<String, String> options, String name) {
        String value = options.get(name);
        if (value == null) {
            throw new IllegalArgumentException("--" + name + " is missing");
        }
        return value;
    }
}
