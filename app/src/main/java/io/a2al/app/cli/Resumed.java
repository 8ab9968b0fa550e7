package io.a2al.app.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.dht.DhtNode;

/**
 * What a node has resumed when it was started.
 *
 * @param open publications that it resumed
 * @param waiting publications that it keeps and could not resume
 */
public record Resumed(int open, int waiting) {

    /** Returns what a node that was just started has resumed. */
    public static Resumed by(DhtNode node) {
        int open = node.publications().count();
        return new Resumed(open, Math.max(0, node.publications().kept().size() - open));
    }

    /** Prints it in one line; nothing if there was nothing to resume. */
    public void print(Output output) {
        if (open + waiting > 0) {
            String rest = waiting == 0
                    ? ""
                    : "; " + waiting + " not, as an agent's delegation is missing or of no use; see a2al id show";
            output.line("resumed", (open == 1 ? "1 publication" : open + " publications") + rest);
        }
    }

    /** Adds it to what is printed as JSON. */
    public void addTo(ObjectNode object) {
        object.put("resumed", open).put("not_resumed", waiting);
    }
}
