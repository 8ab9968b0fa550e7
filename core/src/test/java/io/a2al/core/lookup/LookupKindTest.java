package io.a2al.core.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LookupKindTest {

    @Test
    void theGoalTellsTheKind() {
        assertThat(LookupKind.of(FindNodes.forRecord())).isEqualTo(LookupKind.NODES);
        assertThat(LookupKind.of(FindNodes.cursory())).isEqualTo(LookupKind.BUCKET);
        assertThat(LookupKind.of(FindRecord.first())).isEqualTo(LookupKind.RECORD);
        assertThat(LookupKind.of(new FindByMajority(new LookupSettings.Quorum(5, 8))))
                .isEqualTo(LookupKind.MAJORITY);
        assertThat(LookupKind.of(new CollectRecords(List.of()))).isEqualTo(LookupKind.ALL);
    }
}
