package io.a2al.http.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.protocol.Bytes;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ByteLayoutTest {

    @Test
    void everyValueIsFound() {
        // {1: h'0102', -1: ["a", 300], "x": 24(true)}
        assertThat(ByteLayout.of(Bytes.fromHex("a30142010220826161" + "19012c" + "6178d818f5"))
                        .toString())
                .isEqualTo("[{\"path\":\"\",\"type\":\"map\",\"from\":0,\"to\":17},"
                        + "{\"path\":\"/1\",\"type\":\"bytes\",\"from\":2,\"to\":5},"
                        + "{\"path\":\"/-1\",\"type\":\"array\",\"from\":6,\"to\":12},"
                        + "{\"path\":\"/-1/0\",\"type\":\"text\",\"from\":7,\"to\":9},"
                        + "{\"path\":\"/-1/1\",\"type\":\"unsigned\",\"from\":9,\"to\":12},"
                        + "{\"path\":\"/x\",\"type\":\"tag\",\"from\":14,\"to\":17},"
                        + "{\"path\":\"/x/tag\",\"type\":\"simple\",\"from\":16,\"to\":17}]");
    }

    @Test
    void whatEndsTooEarlyHasNoEnd() {
        assertThat(ByteLayout.of(Bytes.fromHex("4201")).toString())
                .isEqualTo("[{\"path\":\"\",\"type\":\"bytes\",\"from\":0}]");
        assertThat(ByteLayout.of(Bytes.fromHex("9bffffffffffffffff"))).hasSize(1);
        assertThat(ByteLayout.of(Bytes.EMPTY)).isEmpty();
    }

    @Test
    void theNumberOfValuesIsBounded() {
        assertThat(ByteLayout.of(Bytes.fromHex("9a00010000" + "00".repeat(1 << 16))))
                .hasSize(ByteLayout.MAX_VALUES);
        assertThat(ByteLayout.of(Bytes.fromHex("81".repeat(10_000)))).hasSizeLessThan(40);
    }

    @Test
    void noBytesAreTooStrange() {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            assertThat(ByteLayout.of(Bytes.copyOf(bytes)).size()).isLessThanOrEqualTo(ByteLayout.MAX_VALUES);
        }
    }
}
