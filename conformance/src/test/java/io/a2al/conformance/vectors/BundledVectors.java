package io.a2al.conformance.vectors;

/** The files of vectors that come along, read. */
final class BundledVectors {

    private BundledVectors() {}

    /** The file of a kind. */
    static VectorFile file(VectorKind kind) throws MalformedVectorException {
        for (VectorSource source : VectorSuite.bundled().sources()) {
            if (source.name().equals(kind.file())) {
                return VectorFile.read(source);
            }
        }
        throw new AssertionError("no file of kind " + kind);
    }
}
