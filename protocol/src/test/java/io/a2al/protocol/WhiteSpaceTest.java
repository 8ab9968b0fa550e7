package io.a2al.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WhiteSpaceTest {

    /** All characters with the property White_Space, from Unicode's PropList.txt. */
    private static final String WHITE =
            "\t\n\u000b\f\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
                    + "\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000";

    @Test
    void exactlyUnicodesWhiteSpaceIsTrimmed() {
        assertThat(WHITE).hasSize(25);
        for (int c = 0; c <= 0xffff; c++) {
            String text = (char) c + "x" + (char) c;
            boolean white = WHITE.indexOf(c) >= 0;
            assertThat(WhiteSpace.trim(text)).as("U+%04X", c).isEqualTo(white ? "x" : text);
        }
    }

    @Test
    void onlyTheEndsAreTrimmed() {
        assertThat(WhiteSpace.trim(WHITE + "a" + WHITE + "b" + WHITE)).isEqualTo("a" + WHITE + "b");
        assertThat(WhiteSpace.trim(WHITE)).isEmpty();
        assertThat(WhiteSpace.trim("")).isEmpty();
    }
}
