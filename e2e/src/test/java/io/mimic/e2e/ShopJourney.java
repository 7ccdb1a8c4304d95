package io.mimic.e2e;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.util.List;

/** A visitor who searches, meets a JavaScript error, types a card number, meets a 500, and leaves. */
final class ShopJourney {
    static final String CARD = "5555 5555 5555 4444";
    static final String COMPACT_CARD = CARD.replace(" ", "");
    static final String NAME = "Wilhelmina Quagmire";
    static final String STREET = "Zonnebloemlaan 1187";
    /** What the visitor typed and nobody may find; the card also as the shop sends it. */
    static final List<String> SECRETS = List.of(CARD, COMPACT_CARD, NAME, STREET);

    private final Page page;
    private final String shop;

    ShopJourney(Page page, String shop) {
        this.page = page;
        this.shop = shop.endsWith("/") ? shop : shop + "/";
    }

    void walk() {
        search();
        meetTheScriptError();
        fillTheCart();
        checkOut();
        page.navigate("about:blank");
    }

    private void search() {
        page.navigate(shop);
        page.getByTestId("search-input").fill("skillet");
        page.getByTestId("search-input").press("Enter");
        page.getByTestId("search-heading").waitFor();
        page.getByTestId("product-flint-skillet").click();
        page.getByTestId("product-heading").waitFor();
    }

    private void meetTheScriptError() {
        page.getByText("32 cm").click();
        page.waitForTimeout(
                1_500); // a person looks at a page for a while; the recorder's first batches go out meanwhile
    }

    private void fillTheCart() {
        page.navigate(shop + "p/butchers-block");
        page.getByTestId("add-to-cart").click();
        page.waitForCondition(() -> !page.getByTestId("cart-count").innerText().equals("0"));
        page.getByTestId("cart-link").click();
        page.getByTestId("to-checkout").click();
        page.getByTestId("checkout-heading").waitFor();
    }

    private void checkOut() {
        page.locator("#email").fill("w.quagmire@example.org");
        page.locator("#name").fill(NAME);
        page.locator("#street").fill(STREET);
        page.locator("#postcode").fill("1187 ZX");
        page.locator("#city").fill("Lutjebroek");
        page.locator("#card-holder").fill(NAME);
        page.getByTestId("card-number").pressSequentially(CARD);
        page.locator("#card-expires").fill("11 / 29");
        page.getByTestId("card-cvc").fill("917");
        Locator express = page.getByTestId("shipping-express");
        express.waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.ATTACHED));
        express.check(new Locator.CheckOptions().setForce(true));
        page.getByTestId("place-order").click();
        page.getByTestId("order-error").waitFor();
        page.waitForTimeout(1_000); // long enough to read the banner
    }
}
