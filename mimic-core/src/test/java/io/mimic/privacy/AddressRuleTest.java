package io.mimic.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.mimic.privacy.AddressRule.Kept;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRuleTest {
    private static final byte[] KEY = "a key".getBytes(StandardCharsets.UTF_8);

    @ParameterizedTest
    @CsvSource({
        "192.0.2.77,192.0.2.0",
        "::ffff:192.0.2.77,192.0.2.0",
        "2001:db8:1:2:3:4:5:6,2001:db8:1::",
        "fe80::1%eth0,fe80::"
    })
    void cutKeepsTheNetwork(String address, String kept) {
        AddressRule rule = AddressRule.of(Kept.CUT);
        assertThat(rule.kept(address)).isEqualTo(kept);
        assertThat(rule.sought(address)).isEqualTo(kept);
    }

    @ParameterizedTest
    @CsvSource({
        "0:0:0:0:0:0:0:1,::1",
        "0:0:0:0:0:0:0:0,::",
        "2001:0DB8:0:0:1:0:0:0,2001:db8:0:0:1::",
        "2001:10:0:0:2:0:0:3,2001:10::2:0:0:3",
        "2001:db8:1:0:2:3:4:5,2001:db8:1:0:2:3:4:5",
        "::ffff:192.0.2.77,192.0.2.77",
        "unix:,unix:"
    })
    void aWholeAddressIsKeptAndSoughtInOneForm(String address, String kept) {
        AddressRule rule = AddressRule.of(Kept.FULL);
        assertThat(rule.kept(address)).isEqualTo(kept);
        assertThat(rule.kept(kept)).isEqualTo(kept);
        assertThat(rule.sought(address)).isEqualTo(kept);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost", "192.0.2", "192.0.2.999", "1.2.3.4.example.org"})
    void whatIsNoAddressIsNotKeptCutAndNeverLookedUp(String text) {
        assertThat(AddressRule.of(Kept.CUT).kept(text)).isNull();
        assertThat(AddressRule.of(Kept.CUT).sought(text)).isEqualTo(text);
    }

    @Test
    void hashIsTheSameForTheSameAddressAndKey() {
        AddressRule rule = hashing(KEY);
        String hash = rule.kept("192.0.2.77");
        assertThat(hash).matches("#[0-9a-f]{12}").isEqualTo(hashing(KEY).kept("::ffff:192.0.2.77"));
        assertThat(rule.sought(" 192.0.2.77 ")).isEqualTo(hash);
        assertThat(rule.kept("192.0.2.78")).isNotEqualTo(hash);
        assertThat(hashing(new byte[] {1}).kept("192.0.2.77")).isNotEqualTo(hash);
    }

    @Test
    void withoutItsKeyNothingIsHashed() {
        assertThat(AddressRule.of(Kept.HASH).kept("192.0.2.77")).isNull();
    }

    @Test
    void formsInWhichAnAddressMayBeKept() {
        assertThat(AddressRule.of(Kept.FULL).formsOf(" 2001:DB8:0::1 ")).containsExactly("2001:db8::1");
        AddressRule hashing = hashing(KEY);
        assertThat(hashing.formsOf("192.0.2.77")).containsExactlyInAnyOrder("192.0.2.77", hashing.kept("192.0.2.77"));
        assertThat(AddressRule.of(Kept.CUT).formsOf("192.0.2.77")).containsExactly("192.0.2.77");
        assertThat(AddressRule.of(Kept.NONE).formsOf("nothing")).containsExactly("nothing");
    }

    @Test
    void fullAndNone() {
        assertThat(AddressRule.of(Kept.FULL).kept("192.0.2.77")).isEqualTo("192.0.2.77");
        assertThat(AddressRule.of(Kept.NONE).kept("192.0.2.77")).isNull();
        assertThat(AddressRule.of(Kept.NONE).sought("192.0.2.77")).isEqualTo("192.0.2.77");
    }

    private static AddressRule hashing(byte[] key) {
        AddressRule rule = AddressRule.of(Kept.HASH);
        rule.load(() -> key);
        return rule;
    }
}
