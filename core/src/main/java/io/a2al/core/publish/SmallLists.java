package io.a2al.core.publish;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Immutable lists that are mostly empty or have one element, and take no room then. */
final class SmallLists {

    private SmallLists() {}

    /** Returns the list with another element at the end. */
    static <T> List<T> with(List<T> list, T another) {
        return list.isEmpty()
                ? List.of(another)
                : Stream.concat(list.stream(), Stream.of(another)).toList();
    }

    /** Returns the list without the elements that are unwanted; the same one if there are none. */
    static <T> List<T> without(List<T> list, Predicate<T> unwanted) {
        return list.stream().noneMatch(unwanted)
                ? list
                : list.stream().filter(unwanted.negate()).toList();
    }
}
