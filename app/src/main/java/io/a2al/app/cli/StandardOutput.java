package io.a2al.app.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Standard output, without {@code System.out} around it, which hides that writing failed. It tells a reader that has
 * enough, as {@code head} in {@code a2al … | head -1}, from output that is lost, as on a full disk.
 */
public final class StandardOutput extends PrintWriter {

    private static final Path STANDARD_OUTPUT = Path.of("/dev/fd/1");

    /** The bits of a Unix mode that say what kind of file it is, and two of the kinds. */
    private static final int KIND = 0xF000;

    private static final Set<Integer> PIPES = Set.of(0x1000, 0xC000);

    private final BooleanSupplier pipe;

    /**
     * Output to any stream.
     *
     * @param pipe whether the stream has a reader, so that writing fails only if that has gone
     */
    public StandardOutput(OutputStream out, Charset charset, BooleanSupplier pipe) {
        super(out, true, charset);
        this.pipe = pipe;
    }

    /** Returns the standard output of the process. */
    public static StandardOutput ofProcess() {
        return new StandardOutput(
                new FileOutputStream(FileDescriptor.out), System.out.charset(), StandardOutput::isPipe);
    }

    /**
     * Returns whether something could not be written that should have been: the disk is full, say. What the reader of a
     * pipe does not want to read is not missing.
     */
    public static boolean isLost(PrintWriter out) {
        return out.checkError() && !(out instanceof StandardOutput known && known.pipe.getAsBoolean());
    }

    /**
     * Returns whether standard output is a pipe or a socket. The text of the failure would not do, as it is in the
     * language of the user. Where files have no modes, as on Windows, the answer is no.
     */
    private static boolean isPipe() {
        try {
            return Files.getAttribute(STANDARD_OUTPUT, "unix:mode") instanceof Integer mode
                    && PIPES.contains(mode & KIND);
        } catch (IOException | UnsupportedOperationException unknown) {
            return false;
        }
    }
}
