package io.mimic.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mimic.MemoryCatalog;
import io.mimic.store.StoreException;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SessionTokensTest {
    private static final UUID SESSION = UUID.fromString("0190163d-8694-739b-aea5-966c26f8ad90");

    private final MemoryCatalog catalog = new MemoryCatalog();

    @Test
    void saysWhatWasSigned() {
        SessionTokens tokens = loaded("");

        String token = tokens.sign("shop", SESSION, 1_795_560_043_391L);

        assertThat(tokens.verify("shop", token)).contains(new SessionToken(SESSION, 1_795_560_043_391L));
        assertThat(token).matches("[A-Za-z0-9_-]{75}");
    }

    @Test
    void isGoodForItsProjectAlone() {
        SessionTokens tokens = loaded("");

        assertThat(tokens.verify("shop2", tokens.sign("shop", SESSION, 1))).isEmpty();
    }

    @Test
    void allNodesShareTheKeyThatTheFirstOneMade() {
        assertThat(loaded("").verify("shop", loaded("").sign("shop", SESSION, 1)))
                .isPresent();
    }

    @Test
    void configuredSecretWorksWhileTheCatalogIsDown() {
        catalog.down = true;
        SessionTokens tokens = SessionTokens.open(catalog.catalog(), "secret", "");

        assertThat(tokens.ready()).isTrue();
        assertThat(tokens.verify("shop", tokens.sign("shop", SESSION, 1))).isPresent();
        assertThatThrownBy(tokens::load).isInstanceOf(StoreException.class);
    }

    @Test
    void withoutASecretNothingIsSignedBeforeTheCatalogWasRead() {
        SessionTokens tokens = SessionTokens.open(catalog.catalog(), "", "");

        assertThat(tokens.ready()).isFalse();
        assertThat(tokens.verify("shop", loaded("").sign("shop", SESSION, 1))).isEmpty();
        assertThatThrownBy(() -> tokens.sign("shop", SESSION, 1)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void keyBeforeTheLastStaysValidAndTheOneBeforeThatDoesNot() {
        String made = loaded("").sign("shop", SESSION, 1);
        String first = loaded("first").sign("shop", SESSION, 1);
        assertThat(loaded("first").verify("shop", made)).isPresent();

        SessionTokens second = loaded("second");

        assertThat(second.verify("shop", first)).isPresent();
        assertThat(second.verify("shop", made)).isEmpty();
    }

    @Test
    void nodeThatStillHasTheOldSecretLearnsTheNewOne() {
        SessionTokens old = loaded("old");
        String token = loaded("new").sign("shop", SESSION, 1);
        assertThat(old.verify("shop", token)).isEmpty();

        old.load();

        assertThat(old.verify("shop", token)).isPresent();
        assertThat(loaded("new").verify("shop", old.sign("shop", SESSION, 1))).isPresent();
    }

    @Test
    void configuredFormerSecretCountsButNeverSigns() {
        String former = loaded("former").sign("shop", SESSION, 1);
        loaded("between");
        loaded("new");
        SessionTokens tokens = SessionTokens.open(catalog.catalog(), "new", "former");

        assertThat(loaded("new").verify("shop", former)).isEmpty();
        assertThat(tokens.verify("shop", former))
                .as("before the catalog was read")
                .isPresent();
        tokens.load();
        assertThat(tokens.verify("shop", former)).isPresent();
        assertThat(loaded("new").verify("shop", tokens.sign("shop", SESSION, 1)))
                .isPresent();
    }

    @Test
    void tokenThatWasJustCheckedIsStillCheckedAgainstOtherKeysAndProjects() {
        SessionTokens tokens = loaded("");
        String token = tokens.sign("shop", SESSION, 1);
        assertThat(tokens.verify("shop", token)).isPresent();
        assertThat(tokens.verify("shop", token)).contains(new SessionToken(SESSION, 1));
        assertThat(tokens.verify("shop2", token)).isEmpty();
        loaded("first");
        loaded("second");

        tokens.load();

        assertThat(tokens.verify("shop", token)).isEmpty();
    }

    @Test
    void saysOfEachOfManyTokensWhatItSays() {
        SessionTokens tokens = loaded("");
        List<String> many = IntStream.range(0, 2_000)
                .mapToObj(each -> tokens.sign("shop", SESSION, each))
                .toList();

        for (int again = 0; again < 2; again++) {
            for (int each = 0; each < many.size(); each++) {
                assertThat(tokens.verify("shop", many.get(each))).contains(new SessionToken(SESSION, each));
            }
        }
    }

    @Test
    void remembersNoTokenThatIsNotValid() {
        SessionTokens tokens = loaded("");
        SessionTokens other = SessionTokens.open(new MemoryCatalog().catalog(), "other", "");
        String foreign = other.sign("shop", SESSION, 1);

        assertThat(tokens.verify("shop", foreign)).isEmpty();
        assertThat(tokens.verify("shop", foreign)).isEmpty();
    }

    @Test
    void secretItselfIsNotKept() {
        loaded("my secret");

        assertThat(catalog.settings.values()).noneMatch(value -> value.contains("secret"));
    }

    @Property(tries = 300)
    void anyChangedCharacterMakesItInvalid(
            @ForAll @IntRange(max = 73) int at, @ForAll @IntRange(min = 1, max = 63) int by) {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        SessionTokens tokens = loaded("secret");
        StringBuilder token = new StringBuilder(tokens.sign("shop", SESSION, 1));
        assertThat(tokens.verify("shop", token.toString())).isPresent();
        token.setCharAt(at, alphabet.charAt((alphabet.indexOf(token.charAt(at)) + by) % 64));

        assertThat(tokens.verify("shop", token.toString())).isEmpty();
    }

    @Property(tries = 300)
    void anyTextIsAnsweredWithoutAnError(@ForAll String text) {
        assertThat(loaded("secret").verify("shop", text)).isEmpty();
    }

    private SessionTokens loaded(String secret) {
        SessionTokens tokens = SessionTokens.open(catalog.catalog(), secret, "");
        tokens.load();
        return tokens;
    }
}
