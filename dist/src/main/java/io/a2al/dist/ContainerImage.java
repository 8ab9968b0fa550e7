package io.a2al.dist;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/**
 * A container image as an archive in the layout of the Open Container Initiative, which container engines load without
 * a registry. Each layer is a compressed tar archive. Not thread-safe.
 */
final class ContainerImage {

    private static final String TYPE = "application/vnd.oci.image.";
    private static final String LAYER = TYPE + "layer.v1.tar+gzip";
    private static final String CONFIG = TYPE + "config.v1+json";
    private static final String MANIFEST = TYPE + "manifest.v1+json";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private record Layer(Path file, String digest, String contentDigest) {}

    private final Path work;
    private final Instant time;
    private final List<Layer> layers = new ArrayList<>();

    /** Uses an existing folder for files that are needed until the image is written. */
    ContainerImage(Path work, Instant time) {
        this.work = work;
        this.time = time;
    }

    /** Adds a layer above those that were added before. */
    void layer(FileSet files) throws IOException {
        Path file = work.resolve("layer-" + layers.size() + ".tar.gz");
        MessageDigest content = Checksums.digest("SHA-256");
        try (OutputStream out = Files.newOutputStream(file)) {
            GZIPOutputStream packed = FileSet.gzip(out);
            files.writeTar(new BufferedOutputStream(new DigestOutputStream(packed, content)), time);
            packed.finish();
        }
        layers.add(new Layer(file, Checksums.sha256(file), HexFormat.of().formatHex(content.digest())));
    }

    /**
     * Writes the image, and removes the layers' files.
     *
     * @param settings what is run and how: the member {@code config} of the format
     * @param architecture as container engines call it, {@code amd64} for example
     * @param name of the image with its tag
     */
    void write(Path target, ObjectNode settings, String architecture, String name) throws IOException {
        ObjectNode config = NODES.objectNode();
        config.put("created", time.toString());
        config.put("architecture", architecture);
        config.put("os", "linux");
        config.set("config", settings);
        ObjectNode root = config.putObject("rootfs").put("type", "layers");
        ArrayNode contents = root.putArray("diff_ids");
        FileSet blobs = new FileSet();
        ObjectNode manifest = NODES.objectNode().put("schemaVersion", 2).put("mediaType", MANIFEST);
        ArrayNode described = NODES.arrayNode();
        for (Layer layer : layers) {
            contents.add("sha256:" + layer.contentDigest());
            described.add(description(LAYER, layer.digest(), Files.size(layer.file())));
            blobs.file("blobs/sha256/" + layer.digest(), FileSet.PLAIN, Content.of(layer.file()));
        }
        manifest.set("config", blob(blobs, CONFIG, config));
        manifest.set("layers", described);
        ObjectNode entry = blob(blobs, MANIFEST, manifest);
        entry.putObject("annotations").put("org.opencontainers.image.ref.name", name);
        ObjectNode index = NODES.objectNode().put("schemaVersion", 2);
        index.putArray("manifests").add(entry);
        blobs.file("index.json", FileSet.PLAIN, Content.of(JSON.writeValueAsBytes(index)));
        blobs.file("oci-layout", FileSet.PLAIN, Content.of("{\"imageLayoutVersion\":\"1.0.0\"}"));
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(target))) {
            blobs.writeTar(out, time);
        }
        for (Layer layer : layers) {
            Files.delete(layer.file());
        }
    }

    private static ObjectNode blob(FileSet blobs, String type, ObjectNode content) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(content);
        String digest = HexFormat.of().formatHex(Checksums.digest("SHA-256").digest(bytes));
        blobs.file("blobs/sha256/" + digest, FileSet.PLAIN, Content.of(bytes));
        return description(type, digest, bytes.length);
    }

    private static ObjectNode description(String type, String digest, long size) {
        return NODES.objectNode()
                .put("mediaType", type)
                .put("digest", "sha256:" + digest)
                .put("size", size);
    }
}
