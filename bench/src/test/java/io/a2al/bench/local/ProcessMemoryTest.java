package io.a2al.bench.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProcessMemoryTest {

    @Test
    void numberIsReadFromTheLastLineWithTheLabel() {
        String histogram = """
            12345:
             num     #instances         #bytes  class name (module)
            -------------------------------------------------------
               1:         20214        1371232  [B (java.base@25)
            Total        152214        9371232
            """;

        assertThat(ProcessMemory.numberAfter("Total", 2, histogram.lines())).contains(9_371_232L);
        assertThat(ProcessMemory.numberAfter("VmRSS:", 1, Stream.of("VmPeak:\t  9 kB", "VmRSS:\t   65536 kB")))
                .contains(65_536L);
        assertThat(ProcessMemory.numberAfter("Total", 2, Stream.of("Total 1", "Total 1 many", "")))
                .isEmpty();
    }

    @Test
    void memoryOfAMissingProcessIsUnknown() {
        assertThat(ProcessMemory.resident(-1)).isEmpty();
    }
}
