package com.example.shop.checkout;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.hibernate.validator.constraints.LuhnCheck;
import org.springframework.lang.Nullable;

/** What the checkout page sends. */
record OrderForm(
        @NotBlank(message = "Please tell us where to write to")
        @Email(message = "This does not look like an e-mail address")
        String email,

        @NotBlank(message = "Please tell us your name") @Size(max = 120)
        String name,

        @NotBlank(message = "Please tell us the street") @Size(max = 200)
        String street,

        @NotBlank(message = "Please tell us the postcode") @Size(max = 16)
        String postcode,

        @NotBlank(message = "Please tell us the town") @Size(max = 120)
        String city,

        @NotBlank @Size(min = 2, max = 2) String country,

        @Nullable @Size(max = 500, message = "At most 500 characters")
        String note,

        @NotNull(message = "Please choose how it should travel")
        ShippingMethod shipping,

        @NotNull @Valid Card card) {

    /** Checked, passed to the bank, and never kept but for the last four digits. */
    record Card(
            @NotBlank(message = "Please tell us the name on the card")
            String holder,

            @NotBlank(message = "Please tell us the card number")
            @LuhnCheck(message = "This is not a card number; a digit may be wrong")
            String number,

            @Pattern(regexp = "(0[1-9]|1[0-2])\\s*/\\s*\\d{2}", message = "As on the card: MM / YY")
            String expires,

            @Pattern(regexp = "\\d{3,4}", message = "Three or four digits")
            String cvc) {

        String lastFour() {
            String digits = number.replaceAll("\\D", "");
            return digits.substring(Math.max(0, digits.length() - 4));
        }

        @Override
        public String toString() {
            return "Card ending in " + lastFour();
        }
    }
}
