package io.a2al.conformance.vectors;

import java.util.Optional;

/** Thrown if a vector file cannot be read, is not JSON, or a field in it is missing or malformed. */
public final class MalformedVectorException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String file;
    private final transient Optional<String> caseName;
    private final String problem;

    /**
     * Creates an exception whose message names the place and the problem.
     *
     * @param caseName name of the case; empty if the problem concerns the whole file
     */
    MalformedVectorException(String file, Optional<String> caseName, String problem) {
        super(file + caseName.map(name -> ", case \"" + name + "\"").orElse("") + ": " + problem);
        this.file = file;
        this.caseName = caseName;
        this.problem = problem;
    }

    /** Returns the name of the file. */
    public String file() {
        return file;
    }

    /** Returns the name of the case, if the problem concerns one. */
    public Optional<String> caseName() {
        return caseName;
    }

    /** Returns the problem, without file and case; if it concerns a field, it begins with the path of the field. */
    public String problem() {
        return problem;
    }
}
