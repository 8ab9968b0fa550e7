package io.a2al.dist;

import java.io.PrintStream;

/** Lines for the user, marked so that the launcher finds them among what the build prints. */
record Report(PrintStream out) {

    void say(String line) {
        out.println("a2al: " + line);
    }
}
