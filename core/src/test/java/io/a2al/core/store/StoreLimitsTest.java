package io.a2al.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.a2al.core.store.StoreLimits.Quotas;
import io.a2al.core.store.StoreLimits.Reserved;
import io.a2al.protocol.record.RecordSlot.Group;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreLimitsTest {

    private static final Quotas ONE = new Quotas(1, 1, 1);

    /** One limit after the other is not positive. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void everyLimitIsPositive(int which) {
        assertThat(limits(-1).maxKeys()).isEqualTo(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> limits(which))
                .withMessageContaining("limits of the store")
                .withMessageContaining("all must be positive");
    }

    private static StoreLimits limits(int zero) {
        return new StoreLimits(
                zero == 0 ? 0 : 1,
                zero == 1 ? 0 : 1,
                zero == 2 ? 0 : 1,
                zero == 3 ? 0 : 1,
                zero == 4 ? 0 : 1,
                Retention.DEFAULT,
                ONE);
    }

    @Test
    void everyQuotaIsPositive() {
        assertThat(ONE.reserved()).isEqualTo(Reserved.DEFAULT);
        assertThatIllegalArgumentException().isThrownBy(() -> new Quotas(0, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Quotas(1, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Quotas(1, 1, 0));
    }

    @Test
    void noMoreIsReservedThanThereIs() {
        Reserved all = new Reserved(0.5, 0.25, 0.25);
        assertThat(all.share(Group.ADDRESS)).isEqualTo(0.5);
        assertThat(new Reserved(0.5, 0.125, 0.25).share(Group.TOPIC)).isEqualTo(0.125);
        assertThat(new Reserved(0.5, 0.125, 0.25).share(Group.MAILBOX)).isEqualTo(0.25);
        assertThat(Reserved.NOTHING).isEqualTo(new Reserved(0, 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Reserved(0.5, 0.25, 0.5));
        assertThatIllegalArgumentException().isThrownBy(() -> new Reserved(-0.1, 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Reserved(0, -0.1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Reserved(0, 0, -0.1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Reserved(Double.NaN, 0, 0));
    }

    @Test
    void oneLimitIsChangedAndTheOthersStay() {
        StoreLimits limits = new StoreLimits(1, 2, 3, 4, 5, Retention.DEFAULT, ONE);
        assertThat(limits.withMaxKeys(9)).isEqualTo(new StoreLimits(9, 2, 3, 4, 5, Retention.DEFAULT, ONE));
        assertThat(limits.withRetention(Retention.AS_CLAIMED))
                .isEqualTo(new StoreLimits(1, 2, 3, 4, 5, Retention.AS_CLAIMED, ONE));
        Quotas two = new Quotas(2, 2, 2);
        assertThat(limits.withQuotas(two)).isEqualTo(new StoreLimits(1, 2, 3, 4, 5, Retention.DEFAULT, two));
    }
}
