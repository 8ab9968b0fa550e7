package io.a2al.conformance.vectors;

/** Checks the cases of one file, one at a time. */
@FunctionalInterface
interface FileCheck {

    /**
     * Checks a case.
     *
     * @return the outcome, if the case passed
     * @throws MismatchException if the case failed
     * @throws UnsupportedCaseException if the case has a part that this check does not support
     * @throws MalformedVectorException if the case is not well-formed
     */
    Outcome check(Fields vector) throws MismatchException, UnsupportedCaseException, MalformedVectorException;
}
