package io.a2al.conformance.vectors;

/** Reads the bundled vector files. */
final class BundledVectors {

    private BundledVectors() {}

    /** Returns the bundled file of the given kind. */
    static VectorFile file(VectorKind kind) throws MalformedVectorException {
        for (VectorSource source : VectorSuite.bundled().sources()) {
            if (source.name().equals(kind.file())) {
                return VectorFile.read(source);
            }
        }
        throw new AssertionError("no file of kind " + kind);
    }
}
