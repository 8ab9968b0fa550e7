package io.a2al.app.cli;

import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/** Finds groups of options that commands share; one can be in another. Stateless. */
final class Mixins {

    private Mixins() {}

    /** Returns the first mixin of a command that is of this type; empty if it has none. */
    static <T> Optional<T> find(CommandSpec command, Class<T> type) {
        return command.mixins().values().stream()
                .flatMap(mixin -> within(mixin, type))
                .findFirst();
    }

    private static <T> Stream<T> within(CommandSpec mixin, Class<T> type) {
        Stream<T> own = type.isInstance(mixin.userObject()) ? Stream.of(type.cast(mixin.userObject())) : Stream.empty();
        return Stream.concat(own, mixin.mixins().values().stream().flatMap(inner -> within(inner, type)));
    }
}
