package io.a2al.conformance.vectors;

/** Checks the cases of one file, one after the other. */
@FunctionalInterface
interface FileCheck {

    /**
     * Runs a case.
     *
     * @return how it passed
     * @throws MismatchException if it failed
     * @throws UnsupportedCaseException if it has something that this check does not know
     * @throws MalformedVectorException if it is not well-formed
     */
    Outcome check(Fields vector) throws MismatchException, UnsupportedCaseException, MalformedVectorException;
}
