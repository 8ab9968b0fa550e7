package io.a2al.dht.files;

import java.util.function.Predicate;
import org.h2.mvstore.Page;

/** Reads a tree of the engine page by page, around pages that cannot be read. Belongs to one thread. */
final class LeafPages {

    /** A tree of as many entries as there are bytes on a disk is less deep. */
    private static final int MAX_DEPTH = 64;

    private final Predicate<Page<Long, byte[]>> reader;
    private int damaged;
    private boolean ended;

    private LeafPages(Predicate<Page<Long, byte[]>> reader) {
        this.reader = reader;
    }

    /**
     * Passes the leaves of a tree, in the order of their keys.
     *
     * @param reader returns false to end the reading
     * @return how many pages cannot be read
     */
    static int read(Page<Long, byte[]> root, Predicate<Page<Long, byte[]>> reader) {
        LeafPages pages = new LeafPages(reader);
        pages.visit(root, 0);
        return pages.damaged;
    }

    private void visit(Page<Long, byte[]> page, int depth) {
        if (page.isLeaf()) {
            ended = !reader.test(page);
            return;
        }
        for (int i = 0; i <= page.getKeyCount() && !ended; i++) {
            try {
                if (depth > MAX_DEPTH) {
                    throw new IllegalStateException("the tree of pages is a circle");
                }
                visit(page.getChildPage(i), depth + 1);
            } catch (RuntimeException | AssertionError cannotBeRead) {
                // The engine also asserts what a damaged page does not keep to.
                damaged++;
            }
        }
    }
}
