package io.a2al.conformance.vectors;

import java.util.Optional;

/** A file is not one of golden vectors: it cannot be read, or a case in it lacks a field or has one of another form. */
public final class MalformedVectorException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String file;
    private final transient Optional<String> caseName;
    private final String problem;

    /**
     * Names the place.
     *
     * @param caseName nothing if it is about the file as a whole
     */
    MalformedVectorException(String file, Optional<String> caseName, String problem) {
        super(file + caseName.map(name -> ", case \"" + name + "\"").orElse("") + ": " + problem);
        this.file = file;
        this.caseName = caseName;
        this.problem = problem;
    }

    /** The file's name. */
    public String file() {
        return file;
    }

    /** The name of the case, if it is about one. */
    public Optional<String> caseName() {
        return caseName;
    }

    /** What is wrong, without the place; within a case it begins with the field. */
    public String problem() {
        return problem;
    }
}
