package io.a2al.app.cli;

/** How a command ends, for scripts. */
public final class ExitCodes {

    /** It is done. */
    public static final int DONE = 0;

    /** The answer is no: what was asked for is not there, or a check did not pass. */
    public static final int NOT_FOUND = 1;

    /** It was wrongly used: an option, an address, a passphrase, the configuration. */
    public static final int WRONG_USE = 2;

    /** No node answered, or none in time. */
    public static final int NO_NETWORK = 3;

    /** It could not be carried out on this machine: a file, a port, a limit, a defect. */
    public static final int FAILED = 4;

    private ExitCodes() {}
}
